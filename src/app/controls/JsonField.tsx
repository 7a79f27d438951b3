/** @file Text that describes networks, and what is wrong with it. */
import type { Issue } from "../../model/architecture/schema.ts";
import styles from "./jsonField.module.css";

export interface JsonFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly issues: readonly Issue[];
}

const issuesId = "json-issues";

/** One at a time on a page: dialogs are modal. */
export function JsonField({ label, value, onChange, issues }: JsonFieldProps) {
  return (
    <>
      <textarea
        className={styles["field"]}
        aria-label={label}
        aria-invalid={issues.length > 0}
        aria-describedby={issuesId}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <div id={issuesId} role="status" className={styles["issues"]}>
        {issues.length > 0 && (
          <ul>
            {issues.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                {path && <code>{path}</code>} {message}
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
