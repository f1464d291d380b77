import type { WayOut } from "../../../inputs/camera-situation";
import { useLiveSession } from "../../app-context";
import { ActionButton } from "../../kit/action-button";
import { ChoosePhotoButton } from "../choose-photo-button";

/** The button of a way out of a situation of the camera; turning it off has one of its own. */
export function WayOutButton({ way }: { readonly way: WayOut }) {
  const live = useLiveSession();
  switch (way) {
    case "try-again":
      return <ActionButton onPress={() => void live.start()}>Try again</ActionButton>;
    case "any-camera":
      return <ActionButton onPress={() => void live.start({})}>Use any camera</ActionButton>;
    case "own-tab":
      return (
        <a href={location.href} target="_blank" rel="noopener">
          Open in a tab of its own
        </a>
      );
    case "photo":
      return <ChoosePhotoButton>Choose a photo instead</ChoosePhotoButton>;
    case "resume":
      return <ActionButton onPress={() => live.resume()}>Go on</ActionButton>;
    case "stop":
      return null;
  }
}
