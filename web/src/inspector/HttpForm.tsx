import { HTTP_METHODS, type HttpRun } from '@volley/shared/flow/flow.ts'
import { Field } from '../ui/Field.tsx'
import { PairsInput } from '../ui/PairsInput.tsx'
import { Select } from '../ui/Select.tsx'
import { TextArea, TextInput } from '../ui/TextInput.tsx'
import { sealChange, withEntry } from './edits.ts'
import { JsonField } from './JsonField.tsx'

/** A request: arguments go where a placeholder `{{name}}` stands, the rest to the query or the body. */
export function HttpForm({ run, onRun }: { run: HttpRun; onRun: (run: HttpRun) => void }) {
  return (
    <>
      <Field label="Method" place="run.method">
        <Select
          value={run.method ?? 'GET'}
          options={HTTP_METHODS}
          onValue={(method) => onRun({ ...run, method: method as NonNullable<HttpRun['method']> })}
        />
      </Field>
      <Field label="URL" place="run.url" hint="{{name}} stands for an argument">
        <TextArea
          mono
          value={run.url}
          onChange={({ target }) => onRun({ ...run, url: target.value.replaceAll('\n', '') })}
          onBlur={sealChange}
        />
      </Field>
      <div className="flex flex-col gap-1.5">
        <span className="text-xs font-medium text-text-2">
          Headers <span className="font-normal text-text-3">{'{{secret.NAME}} stands for a secret'}</span>
        </span>
        <PairsInput
          pairs={run.headers ?? {}}
          what="header"
          namePlaceholder="Accept"
          valuePlaceholder="application/json"
          onPairs={(headers) => onRun(withEntry(run, 'headers', Object.keys(headers).length > 0 ? headers : undefined))}
          onBlur={sealChange}
        />
      </div>
      <div className="flex flex-col gap-1.5">
        <span className="text-xs font-medium text-text-2">
          Body <span className="font-normal text-text-3">JSON; empty: the arguments that no placeholder uses</span>
        </span>
        <JsonField
          label="Body"
          optional
          value={run.body}
          onValue={(body) => onRun(withEntry(run, 'body', body as HttpRun['body']))}
        />
      </div>
      <Field label="Select" place="run.select" hint="JMESPath: what of the answer the model gets">
        <TextInput
          mono
          placeholder="the whole answer"
          value={run.select ?? ''}
          onChange={({ target }) => onRun(withEntry(run, 'select', target.value || undefined))}
          onBlur={sealChange}
        />
      </Field>
    </>
  )
}
