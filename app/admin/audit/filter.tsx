import type { AuditQuery } from '#lib/audit/list-audit';
import type { User } from '#lib/schemas/account';
import { auditAction } from '#lib/schemas/audit';
import { pageWords } from '../../language/page-language.ts';
import '../../styles/forms.css';
import { auditWords } from './words.ts';

/** A form that the browser sends by itself: the filter is in the address. */
export async function AuditFilter({ query, users }: { query: AuditQuery; users: readonly User[] }) {
  const { uid, action, target } = query;
  const say = await pageWords(auditWords);
  const isFiltered = [uid, action, target].some((each) => each !== undefined);
  return (
    <search>
      {/* Another filter is another form: its controls start from what the address says. */}
      <form className="body inline filter" key={`${uid} ${action} ${target}`}>
        <div className="field">
          <label htmlFor="audit-uid">{say.by}</label>
          <select className="in" id="audit-uid" name="uid" defaultValue={uid ?? ''}>
            <option value="">{say.anybody}</option>
            {users.map((user) => (
              <option key={user.uid} value={user.uid} translate="no">
                {user.name}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="audit-action">{say.columns.action}</label>
          <select className="in" id="audit-action" name="action" defaultValue={action ?? ''}>
            <option value="">{say.anyAction}</option>
            {auditAction.options.map((each) => (
              <option key={each} value={each}>
                {say.actions[each]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="audit-target">{say.columns.target}</label>
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
          {say.filter}
        </button>
        {isFiltered && (
          <a className="btn quiet" href="/admin/audit">
            {say.clear}
          </a>
        )}
      </form>
    </search>
  );
}
