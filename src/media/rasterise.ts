import { renderAsync } from '@resvg/resvg-js';

/**
 * Draws an SVG as PNG, off the main thread. The renderer gets no font, so text that is no outline would not be drawn,
 * and it looks at no file and no address. The same SVG gives the same bytes.
 * @param svg drawn by this room, or what `refusedInDrawing` takes for a drawing: no other markup from elsewhere.
 * @param widthPixels the height follows from the drawing.
 */
export async function rasterise(svg: string, widthPixels: number): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false },
    fitTo: { mode: 'width', value: widthPixels },
    logLevel: 'off',
  });
  return new Uint8Array(image.asPng());
}
