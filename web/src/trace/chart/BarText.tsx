/** The width of a letter in a bar. */
export const LETTER_PX = 6.4

/** Words and number inside a bar, as far as they fit; a number that does not stands beside it. */
export function BarText({
  words,
  number,
  width,
  isWholeOnly = false,
}: {
  /** The same said at length and shorter: the first that fits is taken. */
  words: string[]
  number: string
  width: number
  /** Words that are better left out than cut. */
  isWholeOnly?: boolean
}) {
  const numberWidth = number.length * LETTER_PX + 12
  const fits = width >= numberWidth
  const room = width - (number ? numberWidth : 0) - 14
  const last = words.at(-1) ?? ''
  const fitting = words.find((one) => one.length * LETTER_PX <= room) ?? (isWholeOnly || room < 36 ? '' : last)
  return (
    <span
      aria-hidden="true"
      className="absolute inset-0 flex items-center gap-2 px-[7px] font-mono text-[10.5px] leading-4 whitespace-nowrap text-text-1"
    >
      {fitting && <span className="bar-words min-w-0 truncate">{fitting}</span>}
      {fits && number && <span className="ml-auto">{number}</span>}
      {!fits && number && <span className="absolute left-full pl-1.5 text-text-2">{number}</span>}
    </span>
  )
}
