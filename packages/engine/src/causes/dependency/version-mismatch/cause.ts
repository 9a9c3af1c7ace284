/** dependency/version-mismatch: client, server or library versions do not fit. */
import type { Cause } from "../../../model/cause";
import { signalsOf } from "../../told";
import { tellOfOtherSide } from "../partner";

const id = "dependency/version-mismatch";

export const cause: Cause = {
  id,
  title: "Client and server versions do not fit",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    told: { title: "Versions of the two sides do not fit", explanation: "The program and what it talks to do not speak the same version: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tellOfOtherSide(context, signal, "told"));
  },
};
