/**
 * The beginning of a text, and a note of how much is left out; no letter is cut in two. Where the text is the last piece of a longer
 * one, `before` has been told already and `whole` is how much there was.
 */
export function cutText(text: string, maxChars: number, { before = 0, whole = text.length } = {}): string {
  const end = isHighSurrogate(text.charCodeAt(maxChars - 1)) ? maxChars - 1 : maxChars
  return `${text.slice(0, end)}\n[cut here: ${whole - before - end} of ${whole} characters left out]`
}

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff
