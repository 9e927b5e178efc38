-- Why staff let in somebody the system had refused; a closed list, nothing about a person. The contract holds the list.
alter table visits add column resolved_reason text
  check (resolved_reason in ('document-checked', 'paper-shown', 'code-mistake', 'senior-order'));
