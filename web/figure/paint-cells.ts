import type { Colour, ScaleName, Theme } from './scale';

/** Colour of the hairline round a zero cell (a dead unit stays visible), by theme. */
const hairline: Readonly<Record<Theme, string>> = { light: '#d9d6cc', dark: '#34373b' };

/** Paints row-major cells as hard squares at the resolution of the screen. */
export function paintCells(
  canvas: HTMLCanvasElement,
  params: {
    readonly data: ArrayLike<number>;
    readonly rows: number;
    readonly columns: number;
    /** Side of a cell and gap between cells, in CSS px. */
    readonly side: number;
    readonly gap: number;
    readonly scale: ScaleName;
    readonly theme: Theme;
    readonly colour: Colour;
  },
): void {
  const { data, rows, columns, gap } = params;
  const density = Math.max(1, Math.ceil(globalThis.devicePixelRatio || 1));
  const side = Math.max(1, Math.round(params.side * density));
  const space = gap === 0 ? 0 : Math.max(1, Math.round(gap * density));
  canvas.width = columns * side;
  canvas.height = rows * side;
  const context = canvas.getContext('2d');
  if (!context) return;
  for (let i = 0; i < data.length; i += 1) {
    const x = (i % columns) * side;
    const y = Math.floor(i / columns) * side;
    const value = data[i]!;
    const [r, g, b] = params.colour(value);
    context.fillStyle = `rgb(${r} ${g} ${b})`;
    context.fillRect(x, y, side - space, side - space);
    if (space > 0 && value === 0 && params.scale === 'sign') {
      context.strokeStyle = hairline[params.theme];
      context.lineWidth = density;
      context.strokeRect(x + density / 2, y + density / 2, side - space - density, side - space - density);
    }
  }
}
