import type { FieldChange } from '@volley/shared/flow/difference.ts'

/** Fields that differ, each with its value before and after. */
export function FieldTable({ fields }: { fields: readonly FieldChange[] }) {
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      <table className="w-full table-fixed border-collapse text-left text-xs">
        <thead>
          <tr className="border-b border-line bg-surface-2 text-text-3">
            <th className="w-2/5 px-3 py-1.5 font-normal">Field</th>
            <th className="px-3 font-normal">Before</th>
            <th className="px-3 font-normal">After</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ field, before, after }) => (
            <tr key={field} className="border-line align-top not-last:border-b">
              <th scope="row" className="px-3 py-1.5 font-mono text-2xs font-normal break-words">
                {field}
              </th>
              <td className="px-3 py-1.5 break-words text-failed-text">{shown(before)}</td>
              <td className="px-3 py-1.5 break-words text-succeeded-text">{shown(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A value as a text, the beginning of a long one; a dash where there is none. */
function shown(value: unknown): string {
  if (value === undefined) return '—'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 600 ? `${text.slice(0, 600)}…` : text
}
