import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { TextArea } from '../ui/TextInput.tsx'

const IDEAS = [
  'Look up flights and hotels, compare prices, then book the cheapest.',
  'Find the coordinates of a city, then get its forecast and its air quality.',
  'Read a support ticket, look up the customer and their orders, then draft a reply.',
]

/** The first way to begin: say what the agent should do. */
export function PromptStart({ onDraft }: { onDraft: (prompt: string) => void }) {
  const [prompt, setPrompt] = useState('')
  const draft = () => prompt.trim() !== '' && onDraft(prompt)
  return (
    <section
      aria-label="Start from a prompt"
      className="flex flex-col gap-2.5 rounded-[11px] border border-line bg-surface-1 p-4"
    >
      <Field label="What should your agent do?" hint="a model drafts its tools and what waits for what">
        <TextArea
          value={prompt}
          maxLength={4000}
          placeholder={IDEAS[0]}
          onChange={({ target }) => setPrompt(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
            event.preventDefault()
            draft()
          }}
        />
      </Field>
      <div className="flex flex-wrap items-center gap-x-1.5 gap-y-2">
        <span className="text-xs text-text-3">For instance</span>
        {IDEAS.map((idea) => (
          <button
            key={idea}
            type="button"
            title={idea}
            onClick={() => setPrompt(idea)}
            className="h-6 max-w-64 truncate rounded-full border border-line bg-surface-2 px-2.5 text-2xs text-text-2 hover:border-line-strong hover:text-text-1"
          >
            {idea.replace(/\.$/, '')}
          </button>
        ))}
        <Button
          className="ml-auto"
          icon={<Sparkles size={14} aria-hidden />}
          disabled={prompt.trim() === ''}
          onClick={draft}
        >
          Draft a flow
        </Button>
      </div>
    </section>
  )
}
