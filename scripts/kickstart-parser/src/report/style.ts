export type Paint = (text: string) => string;

export interface Colours {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly error: Paint;
  readonly warning: Paint;
  readonly info: Paint;
}

/** How findings are shown to people. */
export interface Style {
  readonly colours: Colours;
  /** Columns of the terminal. */
  readonly width: number;
  /** Blots out what nobody should read over a shoulder. What it gives is as long as what it takes. */
  readonly conceal: (text: string) => string;
}

const plain: Paint = (text) => text;
const code =
  (open: string, close: string): Paint =>
  (text) =>
    `\u001b[${open}m${text}\u001b[${close}m`;

export const noColours: Colours = { bold: plain, dim: plain, error: plain, warning: plain, info: plain };

export const terminalColours: Colours = {
  bold: code('1', '22'),
  dim: code('2', '22'),
  error: code('31', '39'),
  warning: code('33', '39'),
  info: code('36', '39'),
};

/** Without colours, for a terminal of 100 columns, and nothing concealed. */
export const plainStyle: Style = { colours: noColours, width: 100, conceal: (text) => text };
