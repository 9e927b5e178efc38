-- Mails: the outbox is this table. A mail is written in the transaction of the fact that it tells of.
create table mails (
  id bigint generated always as identity primary key,
  kind text not null,
  -- what the template needs; emptied once sent where it holds a link that lets its bearer in
  values jsonb,
  recipient text not null check (recipient !~ '[[:cntrl:][:space:],;<>]'),
  locale text not null check (locale in ('ru', 'en')),
  about_kind text not null,
  about_id text not null,
  state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'bounced', 'failed')),
  attempts int not null default 0,
  -- queued: not before; sending: so long it is its sender's, who may have died
  next_at timestamptz not null default clock_timestamp(),
  -- the same at each attempt, so that a second copy can be told from a second mail
  message_id uuid not null unique default gen_random_uuid(),
  -- why the last attempt did not send it: a code and what stage it was, never what the other server said
  error text,
  -- the mail that this one repeats
  repeats bigint references mails,
  created_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz
);
create index mails_due on mails (next_at) where state in ('queued', 'sending');
create index mails_about on mails (about_kind, about_id);
create index mails_state on mails (state, id);

create table mail_attachments (
  mail_id bigint not null references mails on delete cascade,
  position int not null,
  name text not null,
  type text not null,
  bytes bytea not null,
  primary key (mail_id, position)
);

-- Wakes senders after the commit. Not a line of `changes`: nobody keeps mails in memory, and its row lock would put all
-- transactions that send one behind each other.
create function wake_mail_senders() returns trigger language plpgsql as $$
begin
  perform pg_notify('changes', 'mails');
  return null;
end $$;
create trigger woken after insert on mails
  for each statement execute function wake_mail_senders();
