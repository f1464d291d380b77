import { useEffect } from "react";
import type { Theme } from "../state/settings-slice";

/** Sets the page's colours: `system` leaves them to the operating system. */
export function useTheme(theme: Theme): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === "system") delete dataset.theme;
    else dataset.theme = theme;
  }, [theme]);
}
