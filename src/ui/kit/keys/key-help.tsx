import { Fragment, useContext, useSyncExternalStore } from "react";
import { Switch } from "react-aria-components/Switch";
import { helpGroups } from "./help-groups";
import { KeyNames } from "./key-names";
import { KeysContext } from "./use-keys";
import "./key-help.css";

export interface KeyHelpProps {
  /** Name of the view on screen. */
  readonly view: string;
  readonly singleKeys: boolean;
  onSingleKeysChange(on: boolean): void;
}

/** What the keys do on the page as it is, from the very table that gives them their meaning. */
export function KeyHelp({ view, singleKeys, onSingleKeysChange }: KeyHelpProps) {
  const registry = useContext(KeysContext);
  const groups = useSyncExternalStore(registry.subscribe, registry.groups);
  return (
    <>
      <Switch className="key-help__switch" isSelected={singleKeys} onChange={onSingleKeysChange}>
        <span className="key-help__track" />
        <span>
          Single keys
          <span className="key-help__note">
            Letters, digits, signs and Space. Turn them off if speech input or a slip of the hand sets them
            off.
          </span>
        </span>
      </Switch>
      {helpGroups(groups, view, singleKeys).map(({ name, lines }) => (
        <table key={name} className="key-help__group">
          <caption>{name}</caption>
          <tbody>
            {lines.map(({ does, chords }) => (
              <tr key={does}>
                <th scope="row">{does}</th>
                <td>
                  {chords.map((chord, i) => (
                    <Fragment key={`${chord.mod} ${chord.shift} ${chord.key}`}>
                      {i > 0 && " or "}
                      <KeyNames chord={chord} />
                    </Fragment>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </>
  );
}
