import { useCallback } from "react";
import type { PickedFile } from "../../inputs/pick-file";
import { useAppState, useSession } from "../app-context";
import { toFailure } from "../session/failure";
import { ownPicture } from "../session/picture";

/**
 * Takes a picture out of a drop, a paste or a file choice and shows it. `pick` runs at once, while
 * the event is handled; what it throws is shown beside the picture that stays.
 */
export function useOwnPicture(): (pick: () => PickedFile) => void {
  const session = useSession();
  const refuse = useAppState((state) => state.refuse);
  const setWantedSample = useAppState((state) => state.setWantedSample);
  return useCallback(
    (pick) => {
      try {
        const { file, notes } = pick();
        // The user's own picture goes before a sample that a link asks for and that is still on its way.
        setWantedSample(null);
        void session.show(ownPicture(file, notes));
      } catch (error) {
        refuse(toFailure(error));
      }
    },
    [session, refuse, setWantedSample],
  );
}
