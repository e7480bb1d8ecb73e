import { DEFAULT_ANNOTATIONS, DEFAULT_POLICY, policyOf } from '@volley/shared/flow/defaults.ts'
import type { Annotations, Tool } from '@volley/shared/flow/flow.ts'
import { ruleWarnings, ruleWords } from '@volley/shared/flow/toolRules.ts'
import { useFlow } from '../state/flowStore.ts'
import { Field } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { NumberInput } from '../ui/NumberInput.tsx'
import { SectionTitle } from '../ui/Panel.tsx'
import { Select } from '../ui/Select.tsx'
import { Switch } from '../ui/Switch.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { changeTool, sealChange, withEntry } from './edits.ts'

type Policy = NonNullable<Tool['policy']>

/** The rules that a tool's calls run under, what is known of their effects, and what both come to. Empty fields mean the default that is shown. */
export function PolicyForm({ tool }: { tool: Tool }) {
  const agent = useFlow((flow) => flow.agent)
  const policy = tool.policy ?? {}
  const warnings = ruleWarnings(tool, { agent })
  const warningOf = (about: string) => warnings.filter((one) => one.about === about).map((one) => one.message)
  const usual = policyOf({ ...tool, policy: {} })
  const set = <Key extends keyof Policy>(key: Key, value: Policy[Key] | undefined) =>
    changeTool(tool.name, key, (one) => {
      const next = withEntry(one.policy ?? {}, key, value)
      return withEntry(one, 'policy', Object.keys(next).length > 0 ? next : undefined)
    })
  return (
    <>
      <section aria-label="What follows" className="rounded-lg border border-line bg-surface-2 p-2.5">
        <SectionTitle className="m-0 mb-1 text-xs text-text-2">What follows from all this</SectionTitle>
        <ul className="m-0 flex list-disc flex-col gap-0.5 pl-4 text-xs leading-relaxed text-text-2 marker:text-text-3">
          {ruleWords(tool).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </section>
      <SectionTitle className="m-0">What its calls do</SectionTitle>
      <Hint
        tool={tool}
        hint="readOnlyHint"
        label="Only reads"
        hintText="Changes nothing: may start early and be retried."
        warnings={warningOf('readOnlyHint')}
      />
      <Hint
        tool={tool}
        hint="idempotentHint"
        label="Safe to repeat"
        hintText="The same call twice does no more than once."
        warnings={warningOf('idempotentHint')}
      />
      <Hint
        tool={tool}
        hint="destructiveHint"
        label="May destroy"
        hintText="Can delete or overwrite something."
        warnings={warningOf('destructiveHint')}
      />
      <SectionTitle className="m-0 mt-1">Time and tries</SectionTitle>
      <Field label="Gives up after" hint="Each try has this long." place="policy.timeoutMs" inline>
        <NumberInput
          value={policy.timeoutMs}
          usual={String(DEFAULT_POLICY.timeoutMs)}
          unit="ms"
          min={1}
          max={86_400_000}
          onValue={(value) => set('timeoutMs', value)}
          onBlur={sealChange}
        />
      </Field>
      <Field
        label="Tries again"
        hint="On time-outs, network faults, 429 and 5xx; only tools that only read or are safe to repeat."
        place="policy.retries"
        inline
      >
        <NumberInput
          value={policy.retries}
          usual={String(usual.retries)}
          unit="×"
          max={20}
          onValue={(value) => set('retries', value)}
          onBlur={sealChange}
        />
      </Field>
      <Warnings words={warningOf('retries')} />
      <SectionTitle className="m-0 mt-1">Side by side</SectionTitle>
      <Field
        label="At most at once"
        hint="Calls of this tool that run at the same time, over all runs of the flow."
        place="policy.concurrency"
        inline
      >
        <NumberInput
          value={policy.concurrency}
          usual="no limit"
          min={1}
          max={10_000}
          onValue={(value) => set('concurrency', value)}
          onBlur={sealChange}
        />
      </Field>
      <Warnings words={warningOf('concurrency')} />
      <Field
        label="At most begun"
        hint="Calls of this tool, over all runs of the flow."
        place="policy.rate.limit"
        inline
      >
        <NumberInput
          value={policy.rate?.limit}
          usual="no limit"
          min={1}
          max={1000}
          onValue={(limit) => set('rate', limit === undefined ? undefined : { perMs: 1000, ...policy.rate, limit })}
          onBlur={sealChange}
        />
      </Field>
      {policy.rate && (
        <Field
          label="in any"
          hint="As the service behind it counts: 1000 ms is a second."
          place="policy.rate.perMs"
          inline
        >
          <NumberInput
            value={policy.rate.perMs}
            usual="1000"
            unit="ms"
            min={1}
            max={86_400_000}
            onValue={(perMs = 1000) => policy.rate && set('rate', { ...policy.rate, perMs })}
            onBlur={sealChange}
          />
        </Field>
      )}
      <Field label="Exclusive key" hint="equal keys run one at a time" place="policy.exclusive">
        <TextInput
          mono
          placeholder="account:{{account_id}}"
          value={policy.exclusive ?? ''}
          onChange={({ target }) => set('exclusive', target.value || undefined)}
          onBlur={sealChange}
        />
      </Field>
      <Warnings words={warningOf('exclusive')} />
      <SectionTitle className="m-0 mt-1">Calls and results</SectionTitle>
      <Field label="Equal calls" place="policy.cache">
        <Select
          value={policy.cache ?? 'off'}
          options={[
            { value: 'off', label: 'Execute every one' },
            { value: 'run', label: 'Execute once in a run, share the result' },
          ]}
          onValue={(value) => set('cache', value === 'run' ? 'run' : undefined)}
        />
      </Field>
      <Warnings words={warningOf('cache')} />
      <Field label="Approval" place="policy.approval">
        <Select
          value={policy.approval ?? 'never'}
          options={[
            { value: 'never', label: 'Not needed' },
            { value: 'always', label: 'A person decides on every call' },
          ]}
          onValue={(value) => set('approval', value === 'always' ? 'always' : undefined)}
        />
      </Field>
      <Warnings words={warningOf('approval')} />
      <Field
        label="Longest result"
        hint="What is longer is cut for the model and stays whole in the trace."
        place="policy.maxResultChars"
        inline
      >
        <NumberInput
          value={policy.maxResultChars}
          usual={String(DEFAULT_POLICY.maxResultChars)}
          unit="ch"
          min={1}
          max={100_000_000}
          onValue={(value) => set('maxResultChars', value)}
          onBlur={sealChange}
        />
      </Field>
    </>
  )
}

function Hint({
  tool,
  hint,
  label,
  hintText,
  warnings,
}: {
  tool: Tool
  hint: keyof typeof DEFAULT_ANNOTATIONS
  label: string
  hintText: string
  warnings: readonly string[]
}) {
  const set = (value: boolean) =>
    changeTool(tool.name, hint, (one) => {
      const annotations: Annotations = { ...one.annotations, [hint]: value }
      return { ...one, annotations }
    })
  return (
    <>
      <Field label={label} hint={hintText} place={`annotations.${hint}`} inline>
        <Switch checked={tool.annotations?.[hint] ?? DEFAULT_ANNOTATIONS[hint]} onCheckedChange={set} />
      </Field>
      <Warnings words={warnings} />
    </>
  )
}

/** What is odd about the setting above: it is taken all the same. */
function Warnings({ words }: { words: readonly string[] }) {
  if (words.length === 0) return null
  return (
    <Notice tone="waiting">
      {words.map((one) => (
        <p key={one} className="m-0">
          {one}
        </p>
      ))}
    </Notice>
  )
}
