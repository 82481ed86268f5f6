/** Whether a later change has written the same parts is asked for each change of a long list: it must not read all that wait each time. */
export const sql = 'CREATE INDEX changes_by_subject ON changes (subject_type, subject_id, ord);';
