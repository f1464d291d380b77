import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import { useAppState } from "../app-context";
import type { Theme } from "../state/settings-slice";
import "./theme-switch.css";

const choices: readonly { theme: Theme; label: string; path: string }[] = [
  { theme: "system", label: "System colours", path: "M3 4h14v9H3zM7 17h6M10 13v4" },
  {
    theme: "light",
    label: "Light colours",
    path: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M16 4l-1.4 1.4M5.4 14.6 4 16",
  },
  { theme: "dark", label: "Dark colours", path: "M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z" },
];

export function ThemeSwitch() {
  const theme = useAppState((state) => state.theme);
  const setTheme = useAppState((state) => state.setTheme);
  return (
    <ToggleButtonGroup
      className="theme-switch"
      aria-label="Colours"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={(keys) => {
        const chosen = choices.find((choice) => keys.has(choice.theme));
        if (chosen) setTheme(chosen.theme);
      }}
    >
      {choices.map((choice) => (
        <ToggleButton
          key={choice.theme}
          id={choice.theme}
          className="theme-switch__choice"
          aria-label={choice.label}
        >
          <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
            <path d={choice.path} />
          </svg>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
