-- Where a query had to read a whole table for one row.

-- What repeats a mail that is forgotten repeats nothing any more. Without the index each mail that went looked through
-- all others: of a large mailing not one night ended in time.
create index mails_repeats on mails (repeats) where repeats is not null;
alter table mails
  drop constraint mails_repeats_fkey,
  add constraint mails_repeats_fkey foreign key (repeats) references mails on delete set null;

-- when an account was last seen
create index sessions_seen on sessions (account_id, seen_at);

-- those out of use too, which access_points_name leaves out
create index access_points_of_venue on access_points (venue_id);

create index audit_log_at on audit_log (at);

-- A list that is being taken in is one process's until its time is over, which it moves on with each row; then that
-- process is taken for dead, and another goes on.
alter table venue_imports
  add column confirmed_by int,
  add column leased_until timestamptz;
create index venue_imports_running on venue_imports (id) where state = 'running';
