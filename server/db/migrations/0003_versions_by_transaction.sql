-- One step of a line of `changes` a transaction, whatever it writes: its rows appear together. A step a row left a dead
-- version each, and every step looked through all before it: 100,000 restrictions in one statement took three minutes,
-- and take one second now.
create function step_of(line text) returns bigint language plpgsql as $$
declare
  -- local to the transaction, and undone with a savepoint
  setting text := 'dopusk.step_of_' || line;
  step bigint := nullif(current_setting(setting, true), '')::bigint;
begin
  if step is null then
    update changes set version = version + 1 where name = line returning version into step;
    perform set_config(setting, step::text, true);
    perform pg_notify('changes', line);
  end if;
  return step;
end $$;

create or replace function note_change() returns trigger language plpgsql as $$
begin
  perform step_of(tg_argv[0]);
  return null;
end $$;

create or replace function number_restriction() returns trigger language plpgsql as $$
begin
  new.version := step_of('restrictions');
  return new;
end $$;

create or replace function number_configuration() returns trigger language plpgsql as $$
begin
  new.version := step_of('venues');
  return new;
end $$;
