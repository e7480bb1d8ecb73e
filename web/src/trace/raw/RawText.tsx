import type { ExchangedText } from '@volley/shared/api.ts'
import { Copy, Download } from 'lucide-react'
import { useMemo } from 'react'
import { copyText } from '../../ui/copyText.ts'
import { download } from '../../ui/download.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { sizeOf } from '../format.ts'

/** A text as it went over the wire. JSON is shown with its lines broken; what is copied and saved is the text itself. */
export function RawText({ title, body, file }: { title: string; body: ExchangedText; file: string }) {
  const shown = useMemo(() => pretty(body.text), [body.text])
  return (
    <div className="flex min-h-0 min-w-0 flex-col border-line not-first:border-l">
      <div className="flex min-h-8 shrink-0 items-center gap-2 pr-1.5 pl-3.5 text-xs">
        <h3 className="m-0 text-xs font-medium text-text-1">{title}</h3>
        <span className="font-mono text-text-3">{sizeOf(body.bytes)}</span>
        <IconButton
          size="sm"
          className="ml-auto"
          label={`Copy: ${title}`}
          icon={<Copy size={13} />}
          onClick={() => void copyText(body.text, 'The text')}
        />
        <IconButton
          size="sm"
          label={`Download: ${title}`}
          icon={<Download size={13} />}
          onClick={() => download(file, body.text, 'text/plain')}
        />
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
        aria-label={title}
        className="min-h-0 flex-1 overflow-auto border-t border-line bg-surface-2 p-2.5 outline-offset-[-2px]!"
      >
        {body.leftOut ? (
          <p className="m-0 text-xs text-text-2">{body.leftOut}</p>
        ) : (
          <pre className="m-0 font-mono text-[11.5px] leading-relaxed break-words whitespace-pre-wrap text-text-1">
            {shown}
          </pre>
        )}
      </section>
    </div>
  )
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
