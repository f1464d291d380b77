/** Is it a keyboard of Apple's, where Cmd does what Ctrl does elsewhere? */
export const isApple = /Mac|iP(hone|ad)/.test(navigator.platform);
