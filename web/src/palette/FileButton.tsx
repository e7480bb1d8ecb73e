import { FileUp } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '../ui/Button.tsx'

/** Asks for a file and gives its text. */
export function FileButton({ accept, onText }: { accept: string; onText: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        aria-label="File"
        accept={accept}
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file) void file.text().then(onText)
          target.value = ''
        }}
      />
      <Button size="sm" icon={<FileUp size={13} aria-hidden />} onClick={() => input.current?.click()}>
        Choose a file
      </Button>
    </>
  )
}
