/** dependency/database-missing: database, schema, queue, bucket or topic is not there. */
import type { Cause } from "../../../model/cause";
import { signalsOf } from "../../told";
import { tellOfOtherSide } from "../partner";

const id = "dependency/database-missing";

export const cause: Cause = {
  id,
  title: "The database, schema, bucket or topic is not there",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    name: {
      title: "{name} does not exist on the server",
      explanation: "The server was reached and has no {name}: never created, another server, or misspelt.",
    },
    told: { title: "What it needs is not on the server", explanation: "The server was reached and lacks what the program asks for: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tellOfOtherSide(context, signal, signal.subject.name ? "name" : "told"));
  },
};
