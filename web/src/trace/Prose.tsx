import { useMemo } from 'react'
import { type Block, proseOf, type Words } from './prose.ts'

/** A model's words, drawn: paragraphs, lists, strong words and code; never HTML, never anything fetched. */
export function Prose({ text }: { text: string }) {
  const blocks = useMemo(() => proseOf(text), [text])
  return (
    <div className="flex flex-col gap-2 text-sm leading-relaxed text-text-1">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text only grows at its end, so a block keeps its place.
        <BlockView key={index} block={block} />
      ))}
    </div>
  )
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p className="m-0 break-words whitespace-pre-wrap">
          <WordsView words={block.words} />
        </p>
      )
    case 'headline':
      return (
        <p className="m-0 font-semibold">
          <WordsView words={block.words} />
        </p>
      )
    case 'code':
      return (
        <pre className="m-0 overflow-x-auto rounded-md border border-line bg-surface-2 p-2 font-mono text-[11.5px] whitespace-pre-wrap">
          {block.text}
        </pre>
      )
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul'
      return (
        <List className={`m-0 flex flex-col gap-1 pl-5 ${block.ordered ? 'list-decimal' : 'list-disc'}`}>
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <li key={index} className="marker:text-text-3">
              <WordsView words={item} />
            </li>
          ))}
        </List>
      )
    }
  }
}

function WordsView({ words }: { words: Words }) {
  return words.map((word, index) => {
    const key = `${index} ${word.as}`
    if (word.as === 'strong') return <strong key={key}>{word.text}</strong>
    if (word.as === 'soft')
      return (
        <em key={key} className="text-text-2">
          {word.text}
        </em>
      )
    if (word.as === 'code')
      return (
        <code key={key} className="rounded-sm bg-surface-3 px-1 font-mono text-[0.92em]">
          {word.text}
        </code>
      )
    return <span key={key}>{word.text}</span>
  })
}
