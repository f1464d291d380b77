import { type RefObject, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { useAppState } from "../../app-context";
import { saveFile } from "../save-file";
import type { PictureType } from "./picture-file";
import { pictureFileName } from "./picture-file-name";
import type { DrawCanvas } from "./picture-pixels";
import "./save-picture.css";

export interface SavePictureProps {
  /** What is saved, as it looks at that moment: an `<svg>`, or an element with text, boxes, `<svg>` and canvases in it. */
  readonly picture: RefObject<Element | null>;
  /** What the picture is, for the file's name and title: "Cycles a frame". */
  readonly name: string;
  /** Of what, for the file's name: the board, the node. */
  readonly of?: string | null | undefined;
  /** What a person takes from the picture, for those who do not see it. */
  readonly description?: string | undefined;
  /** What a file has below the picture, because the page says it elsewhere: "U250, cycle 1,234". */
  readonly caption?: (() => string) | undefined;
  /** Draws the canvases in it anew, twice as sharp; without it their pixels are copied. */
  readonly draw?: DrawCanvas | undefined;
}

/** Comes when a menu is first opened, so that the picture is taken at once when a form is chosen. */
const loadPictureFile = () => import("./picture-file");

const choices = [
  { type: "svg", text: "SVG, sharp at any size" },
  { type: "png", text: "PNG" },
] as const;

/** A menu beside a picture that saves it as a file of its own. */
export function SavePicture({ picture, name, of, description, caption, draw }: SavePictureProps) {
  const notify = useAppState((state) => state.notify);
  // At the end of the body the menu would lie outside every landmark.
  const [place, setPlace] = useState<Element | null>(null);

  const save = async (type: PictureType) => {
    if (!picture.current) return;
    try {
      const { pictureFile } = await loadPictureFile();
      const words = { title: name, description, caption: caption?.() };
      const file = await pictureFile(picture.current, type, { ...words, draw });
      saveFile(pictureFileName([name, of], type), file);
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <div className="save-picture" data-not-in-picture>
      <MenuTrigger onOpenChange={(isOpen) => isOpen && void loadPictureFile()}>
        <Button className="save-picture__button" aria-label={`Save picture: ${name}`}>
          Save picture
        </Button>
        <div ref={setPlace} />
        <Popover
          className="save-picture__popover"
          placement="bottom end"
          {...(place ? { UNSTABLE_portalContainer: place } : {})}
        >
          <Menu className="save-picture__menu" aria-label={`Save picture: ${name}`}>
            {choices.map(({ type, text }) => (
              <MenuItem key={type} className="save-picture__choice" onAction={() => void save(type)}>
                {text}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}
