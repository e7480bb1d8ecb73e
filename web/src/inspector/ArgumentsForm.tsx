import { Field } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { TextArea, TextInput } from '../ui/TextInput.tsx'
import { type Entry, WHOLE } from './tryArguments.ts'

/** A field for each argument: by its type where it is a simple one, as JSON else. */
export function ArgumentsForm({
  entries,
  typed,
  faults,
  onType,
}: {
  entries: readonly Entry[]
  typed: Readonly<Record<string, string>>
  faults: Readonly<Record<string, string>>
  onType: (name: string, text: string) => void
}) {
  if (entries.length === 0) return <p className="m-0 text-xs text-text-2">It takes no arguments.</p>
  return entries.map((entry) => (
    <Field
      key={entry.name}
      label={
        entry.name === WHOLE ? (
          'Arguments'
        ) : (
          <span className="font-mono">
            {entry.name}
            {entry.isRequired && <span aria-hidden>*</span>}
          </span>
        )
      }
      hint={<span className="line-clamp-1">{entry.hint || (entry.is === 'json' ? 'JSON' : '')}</span>}
      error={faults[entry.name]}
    >
      <Input
        entry={entry}
        text={Object.hasOwn(typed, entry.name) ? (typed[entry.name] ?? '') : ''}
        onText={(text) => onType(entry.name, text)}
      />
    </Field>
  ))
}

function Input({ entry, text, onText }: { entry: Entry; text: string; onText: (text: string) => void }) {
  switch (entry.is) {
    case 'choice':
      return (
        <Select
          value={text}
          options={[
            { value: '', label: entry.isRequired ? 'choose …' : 'left out' },
            ...entry.choices.map((choice) => ({ value: JSON.stringify(choice), label: String(choice) })),
          ]}
          onValue={onText}
        />
      )
    case 'json':
      return (
        <TextArea
          mono
          spellCheck={false}
          placeholder={entry.name === WHOLE ? '{ }' : 'left out'}
          value={text}
          onChange={({ target }) => onText(target.value)}
        />
      )
    case 'text':
      return <TextArea className="min-h-[30px]!" value={text} onChange={({ target }) => onText(target.value)} />
    case 'number':
    case 'whole number':
      return (
        <TextInput
          mono
          inputMode="decimal"
          placeholder="left out"
          value={text}
          onChange={({ target }) => onText(target.value.trim())}
        />
      )
  }
}
