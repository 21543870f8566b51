import type { AuditQuery } from '#lib/audit/list-audit';
import type { User } from '#lib/schemas/account';
import { auditAction } from '#lib/schemas/audit';
import { ACTIONS } from './describe-change.ts';
import '../../styles/forms.css';

/** A form that the browser sends by itself: the filter is in the address. */
export function AuditFilter({ query, users }: { query: AuditQuery; users: readonly User[] }) {
  const { uid, action, target } = query;
  const isFiltered = [uid, action, target].some((each) => each !== undefined);
  return (
    <search>
      {/* Another filter is another form: its controls start from what the address says. */}
      <form className="body inline filter" key={`${uid} ${action} ${target}`}>
        <div className="field">
          <label htmlFor="audit-uid">By</label>
          <select className="in" id="audit-uid" name="uid" defaultValue={uid ?? ''}>
            <option value="">anybody</option>
            {users.map((user) => (
              <option key={user.uid} value={user.uid}>
                {user.name}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="audit-action">Action</label>
          <select className="in" id="audit-action" name="action" defaultValue={action ?? ''}>
            <option value="">any</option>
            {auditAction.options.map((each) => (
              <option key={each} value={each}>
                {ACTIONS[each]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="audit-target">Target</label>
          <input
            className="in"
            id="audit-target"
            name="target"
            placeholder="function/default"
            defaultValue={target}
            maxLength={200}
            autoCapitalize="none"
            spellCheck={false}
          />
        </div>
        <button type="submit" className="btn">
          Filter
        </button>
        {isFiltered && (
          <a className="btn quiet" href="/admin/audit">
            Clear
          </a>
        )}
      </form>
    </search>
  );
}
