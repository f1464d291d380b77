import { ChoosePhotoButton } from "../classify/choose-photo-button";
import { Failures } from "../classify/failures";
import { SampleStrip } from "../classify/sample-strip";

/** The ways to a photo, and where it goes. */
export function PhotoPart() {
  return (
    <div className="compare__photos">
      <SampleStrip />
      <div className="compare__choice" data-not-on-paper>
        <ChoosePhotoButton>Choose a photo</ChoosePhotoButton>
        <p className="compare__note">
          Or drop one anywhere. What the network sees of it goes to the endpoint, and nowhere else.
        </p>
      </div>
      <Failures />
    </div>
  );
}
