// A model's words as blocks to draw: paragraphs, headlines, lists and code. Anything else of Markdown stays the text it is: no HTML,
// no pictures, no links that could lead somewhere.

export type Words = { as: 'plain' | 'strong' | 'soft' | 'code'; text: string }[]

export type Block =
  | { kind: 'paragraph' | 'headline'; words: Words }
  | { kind: 'list'; ordered: boolean; items: Words[] }
  | { kind: 'code'; text: string }

/** Reads a text, finished or still growing. Every letter of it shows up, but for the marks that were understood. */
export function proseOf(text: string): Block[] {
  const blocks: Block[] = []
  let paragraph: string[] = []
  const endParagraph = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', words: wordsOf(paragraph.join('\n')) })
    paragraph = []
  }
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string
    if (line.startsWith('```')) {
      endParagraph()
      const end = lines.findIndex((other, index) => index > at && other.trimEnd() === '```')
      const code = lines.slice(at + 1, end === -1 ? undefined : end)
      blocks.push({ kind: 'code', text: code.join('\n') })
      at = end === -1 ? lines.length : end
      continue
    }
    const item = /^\s*(?:([-*•])|\d{1,3}[.)])\s+(.*)$/.exec(line)
    const headline = /^#{1,6}\s+(.*)$/.exec(line)
    if (item) {
      endParagraph()
      addItem(blocks, item[1] === undefined, wordsOf(item[2] as string))
    } else if (headline) {
      endParagraph()
      blocks.push({ kind: 'headline', words: wordsOf(headline[1] as string) })
    } else if (line.trim() === '') endParagraph()
    else paragraph.push(line)
  }
  endParagraph()
  return blocks
}

function addItem(blocks: Block[], ordered: boolean, item: Words): void {
  const last = blocks.at(-1)
  if (last?.kind === 'list' && last.ordered === ordered) last.items.push(item)
  else blocks.push({ kind: 'list', ordered, items: [item] })
}

const MARKS = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|(?<![\w_])_([^_\n]+)_(?![\w_])|(?<![\w*])\*([^*\s][^*\n]*)\*(?![\w*])/g

/** Splits at `code`, **strong** and _soft_ words; a mark that is never closed stays as it was written. */
function wordsOf(text: string): Words {
  const words: Words = []
  let from = 0
  for (const match of text.matchAll(MARKS)) {
    if (match.index > from) words.push({ as: 'plain', text: text.slice(from, match.index) })
    const [, code, strong, soft = match[4] as string] = match
    if (code !== undefined) words.push({ as: 'code', text: code })
    else if (strong !== undefined) words.push({ as: 'strong', text: strong })
    else words.push({ as: 'soft', text: soft })
    from = match.index + match[0].length
  }
  if (from < text.length) words.push({ as: 'plain', text: text.slice(from) })
  return words
}
