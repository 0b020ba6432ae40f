const side = 128;
/** 64 KB of picture as base64, as the server takes them. */
const maxChars = 87_000;

/** A picture as a small square, cut from its middle: nobody needs to prepare one. Null where it is no picture. */
export async function avatarOf(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  const cut = Math.min(picture.width, picture.height);
  pen.drawImage(picture, (picture.width - cut) / 2, (picture.height - cut) / 2, cut, cut, 0, 0, side, side);
  picture.close();
  const found = [canvas.toDataURL('image/png'), canvas.toDataURL('image/jpeg', 0.85)].find((url) => url.length <= maxChars);
  return found ?? null;
}
