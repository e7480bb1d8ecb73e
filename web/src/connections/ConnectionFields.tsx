import { Field } from '../ui/Field.tsx'
import { TextArea, TextInput } from '../ui/TextInput.tsx'
import type { Draft } from './draft.ts'
import { HiddenRows } from './HiddenRows.tsx'
import { KNOWN_SERVERS, OWN_ADDRESS } from './kinds.ts'

interface FieldsProps {
  draft: Draft
  onDraft: (change: Partial<Draft>) => void
}

/** The fields that a kind of connection asks for. */
export function ConnectionFields(props: FieldsProps) {
  switch (props.draft.kind) {
    case 'mcp-http':
      return <HttpFields {...props} />
    case 'mcp-stdio':
      return <CommandFields {...props} />
    default:
      return <ModelFields {...props} />
  }
}

function ModelFields({ draft, onDraft }: FieldsProps) {
  return (
    <>
      <div className="flex flex-col gap-2">
        <Field label="Base URL" hint="with its path, as the server's own documentation says">
          <TextInput
            mono
            type="url"
            placeholder={OWN_ADDRESS[draft.kind] ?? ''}
            value={draft.baseUrl}
            onChange={({ target }) => onDraft({ baseUrl: target.value })}
          />
        </Field>
        {draft.kind === 'openai-chat' && (
          <div className="flex flex-wrap gap-1.5">
            {KNOWN_SERVERS.map(({ label, baseUrl }) => (
              <button
                key={label}
                type="button"
                title={baseUrl}
                aria-pressed={draft.baseUrl === baseUrl}
                onClick={() => onDraft({ baseUrl })}
                className="h-6 rounded-md border border-line bg-surface-2 px-2 text-2xs text-text-2 hover:border-line-strong hover:text-text-1 aria-pressed:border-line-strong aria-pressed:bg-surface-3 aria-pressed:text-text-1"
              >
                {label}
              </button>
            ))}
          </div>
        )}
      </div>
      <Field label="API key" hint="or {{secret.NAME}}; goes only to this address">
        <TextInput
          mono
          type={draft.apiKey.startsWith('{{') ? 'text' : 'password'}
          autoComplete="new-password"
          placeholder={draft.hasKey ? 'stored; type to replace it' : 'none, where the server needs none'}
          value={draft.apiKey}
          onChange={({ target }) => onDraft({ apiKey: target.value })}
        />
      </Field>
    </>
  )
}

function HttpFields({ draft, onDraft }: FieldsProps) {
  return (
    <>
      <Field label="Address">
        <TextInput
          mono
          type="url"
          placeholder="https://mcp.example.com/mcp"
          value={draft.url}
          onChange={({ target }) => onDraft({ url: target.value })}
        />
      </Field>
      <Titled title="Headers" hint="{{secret.NAME}} stands for a secret; they go only to this address">
        <HiddenRows
          what="header"
          rows={draft.headers}
          namePlaceholder="Authorization"
          onRows={(headers) => onDraft({ headers })}
        />
      </Titled>
    </>
  )
}

function CommandFields({ draft, onDraft }: FieldsProps) {
  return (
    <>
      <Field label="Command" hint="a program on the machine that Volley runs on">
        <TextInput
          mono
          placeholder="npx"
          value={draft.command}
          onChange={({ target }) => onDraft({ command: target.value })}
        />
      </Field>
      <Field label="Arguments" hint="one a line; no shell reads them">
        <TextArea
          mono
          spellCheck={false}
          placeholder={'-y\n@modelcontextprotocol/server-filesystem\n/home/me/documents'}
          value={draft.args}
          onChange={({ target }) => onDraft({ args: target.value })}
        />
      </Field>
      <Titled title="Environment" hint="{{secret.NAME}} stands for a secret">
        <HiddenRows what="variable" rows={draft.env} namePlaceholder="API_TOKEN" onRows={(env) => onDraft({ env })} />
      </Titled>
      <Field label="Working folder" hint="empty: the server's own">
        <TextInput
          mono
          placeholder="/home/me"
          value={draft.cwd}
          onChange={({ target }) => onDraft({ cwd: target.value })}
        />
      </Field>
    </>
  )
}

function Titled({ title, hint, children }: { title: string; hint: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-xs font-medium text-text-2">
        {title} <span className="font-normal text-text-3">{hint}</span>
      </span>
      {children}
    </div>
  )
}
