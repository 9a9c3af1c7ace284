/** dependency/migration-failed: a schema migration or version check at start fails. */
import type { Cause } from "../../../model/cause";
import { signalsOf } from "../../told";
import { tellOfOtherSide } from "../partner";

const id = "dependency/migration-failed";

export const cause: Cause = {
  id,
  title: "A schema migration at start fails",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    name: { title: "Migration {name} failed", explanation: "The program migrates its database at start, and migration {name} fails: {line}" },
    told: { title: "A database migration failed", explanation: "The program migrates (or checks) its database schema at start, and that fails: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tellOfOtherSide(context, signal, signal.subject.name ? "name" : "told"));
  },
};
