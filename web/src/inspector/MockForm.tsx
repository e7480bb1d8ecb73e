import { type MockRun, mockRunSchema } from '@volley/shared/flow/flow.ts'
import { Field } from '../ui/Field.tsx'
import { NumberInput } from '../ui/NumberInput.tsx'
import { Switch } from '../ui/Switch.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { sealChange, withEntry } from './edits.ts'
import { JsonField } from './JsonField.tsx'

/** A reply that is always the same, after a while, or an error, or none at all: for trying a flow without the world. */
export function MockForm({ run, onRun }: { run: MockRun; onRun: (run: MockRun) => void }) {
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <span className="text-xs font-medium text-text-2">
          Result <span className="font-normal text-text-3">{'JSON; "{{name}}" stands for an argument'}</span>
        </span>
        <JsonField
          label="Result"
          optional
          value={run.result}
          onValue={(result) => onRun(withEntry(run, 'result', result as MockRun['result']))}
        />
      </div>
      <Field label="Latency" inline>
        <NumberInput
          value={run.latencyMs}
          usual="0"
          unit="ms"
          max={86_400_000}
          onValue={(latencyMs) => onRun(withEntry(run, 'latencyMs', latencyMs))}
          onBlur={sealChange}
        />
      </Field>
      <Field label="Error" hint="fails with this text instead">
        <TextInput
          placeholder="no error"
          value={run.error ?? ''}
          onChange={({ target }) => onRun(withEntry(run, 'error', target.value || undefined))}
          onBlur={sealChange}
        />
      </Field>
      <Field label="Hang" hint="Never answers: shows what a time-out does." inline>
        <Switch
          checked={run.hang ?? false}
          onCheckedChange={(hang) => onRun(withEntry(run, 'hang', hang || undefined))}
        />
      </Field>
      <div className="flex flex-col gap-1.5">
        <span className="text-xs font-medium text-text-2">
          Cases <span className="font-normal text-text-3">{'[{ "when": { "city": "Paris" }, "result": … }]'}</span>
        </span>
        <JsonField
          label="Cases"
          optional
          value={run.cases}
          check={(cases) => {
            const checked = mockRunSchema.shape.cases.safeParse(cases)
            return checked.success ? null : (checked.error.issues[0]?.message ?? 'These are no cases.')
          }}
          onValue={(cases) => onRun(withEntry(run, 'cases', cases as MockRun['cases']))}
        />
      </div>
    </>
  )
}
