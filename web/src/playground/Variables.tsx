import { SlidersHorizontal } from 'lucide-react'
import { useFlow } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { counted } from '../trace/format.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { PopoverPanel } from '../ui/PopoverPanel.tsx'
import { TextInput } from '../ui/TextInput.tsx'

/** The values that stand for `{{name}}` in the agent's instructions, for this conversation. Nothing where the flow has none. */
export function Variables() {
  const defaults = useFlow((flow) => flow.agent.variables)
  const variables = useSessionStore((session) => session.variables)
  const setVariables = useSessionStore((session) => session.setVariables)
  const names = Object.keys(defaults ?? {})
  if (names.length === 0) return null
  const changed = names.filter((name) => (variables[name] ?? defaults?.[name]) !== defaults?.[name])
  return (
    <PopoverPanel
      label="Variables"
      className="max-h-[60vh] w-72"
      trigger={
        <Button size="sm" icon={<SlidersHorizontal size={13} aria-hidden />}>
          {counted(names.length, 'variable')}
        </Button>
      }
    >
      <p className="m-0 text-xs text-text-2">
        For this conversation alone. The flow keeps its own values; change those at the agent.
      </p>
      {names.map((name) => (
        <Field key={name} label={<span className="font-mono">{name}</span>}>
          <TextInput
            value={variables[name] ?? defaults?.[name] ?? ''}
            onChange={(event) => setVariables({ ...variables, [name]: event.target.value })}
          />
        </Field>
      ))}
      {changed.length > 0 && (
        <Button size="sm" variant="ghost" onClick={() => setVariables({})}>
          Back to the flow's values
        </Button>
      )}
    </PopoverPanel>
  )
}
