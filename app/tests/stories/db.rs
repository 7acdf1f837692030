//! The two engines behind one door: transactions that collide, many rows, migrations, and the way from one engine to the other.

use std::sync::atomic::{AtomicU32, Ordering};

use telemaco::db::{self, Db, Engine, Error, Statement, Value};
use telemaco::transaction;

use crate::story;
use crate::support::House;

static COUNT: Statement = Statement::new("SELECT tries FROM attempts WHERE bucket = $1", file!(), line!());
static SET: Statement = Statement::new("UPDATE attempts SET tries = $2 WHERE bucket = $1", file!(), line!());
static ADD: Statement =
    Statement::new("INSERT INTO attempts (bucket, opened_at, tries) VALUES ($1, $2, $3)", file!(), line!());
static ALL: Statement = Statement::new("SELECT count(*) AS rows FROM attempts", file!(), line!());

fn bucket(name: u32) -> Value {
    Value::Bytes(name.to_be_bytes().to_vec())
}

async fn add(db: &Db, names: impl Iterator<Item = u32> + Clone) -> Result<u64, Error> {
    let rows = || names.clone().map(|name| vec![bucket(name), Value::Int(0), Value::Int(0)]).collect();
    transaction!(db, tx => tx.run_many(&ADD, rows()).await)
}

/// Reads a number and writes the next one, as somebody would who does not think of others.
async fn step(db: &Db, runs: &AtomicU32) -> Result<(), Error> {
    transaction!(db, tx => {
        runs.fetch_add(1, Ordering::Relaxed);
        let row = tx.row(&COUNT, vec![bucket(0)]).await?.unwrap();
        let tries: i64 = row.get("tries")?;
        tokio::task::yield_now().await;
        tx.run(&SET, vec![bucket(0), Value::Int(tries + 1)]).await?;
        Ok(())
    })
}

story!(who_writes_the_same_row_at_once_loses_nothing, async |house: &House| {
    add(&house.app.db, 0..1).await.unwrap();
    let second = house.second_server().await;
    let runs = AtomicU32::new(0);
    let walk = async |db: &Db| {
        for _ in 0..25 {
            step(db, &runs).await.unwrap();
        }
    };
    // On PostgreSQL some have to run again, where they meet: they walk until they have met.
    let mut walked = 0;
    let has_met = |walked: u32| house.app.db.engine() == Engine::Sqlite || runs.load(Ordering::Relaxed) > walked;
    while walked == 0 || !has_met(walked) {
        tokio::join!(walk(&house.app.db), walk(&second.db), walk(&house.app.db));
        walked += 75;
        assert!(walked < 75 * 40, "nobody ever had to run again");
    }
    let row = house.app.db.row(&COUNT, vec![bucket(0)]).await.unwrap().unwrap();
    assert_eq!(row.get::<i64>("tries").unwrap(), i64::from(walked));
    second.db.close().await;
});

story!(what_others_never_leave_alone_is_given_up, async |house: &House| {
    if house.app.db.engine() == Engine::Sqlite {
        return; // There, whoever writes is alone.
    }
    add(&house.app.db, 0..1).await.unwrap();
    let second = house.second_server().await;
    let outcome: Result<(), Error> = transaction!(house.app.db, tx => {
        tx.row(&COUNT, vec![bucket(0)]).await?;
        step(&second.db, &AtomicU32::new(0)).await?;
        tx.run(&SET, vec![bucket(0), Value::Int(0)]).await?;
        Ok(())
    });
    assert!(matches!(outcome, Err(Error::Contended)), "{outcome:?}");
    second.db.close().await;
});

story!(an_error_leaves_nothing_behind, async |house: &House| {
    let outcome: Result<(), anyhow::Error> = transaction!(house.app.db, tx => {
        tx.run(&ADD, vec![bucket(0), Value::Int(0), Value::Int(0)]).await?;
        Err(anyhow::anyhow!("no"))
    });
    outcome.unwrap_err();
    // Nor does a fault of the engine in the middle of many rows.
    let doubled = (0..600).chain([3]);
    add(&house.app.db, doubled).await.unwrap_err();
    let row = house.app.db.row(&ALL, vec![]).await.unwrap().unwrap();
    assert_eq!(row.get::<i64>("rows").unwrap(), 0);
});

story!(thousands_of_rows_go_in_at_once, async |house: &House| {
    assert_eq!(add(&house.app.db, 0..12_345).await.unwrap(), 12_345);
    assert_eq!(add(&house.app.db, 0..0).await.unwrap(), 0);
    let row = house.app.db.row(&ALL, vec![]).await.unwrap().unwrap();
    assert_eq!(row.get::<i64>("rows").unwrap(), 12_345);
});

static APPLIED: Statement = Statement::new("SELECT count(*) AS applied FROM migrations", file!(), line!());

story!(two_servers_that_start_at_once_migrate_once, async |house: &House| {
    let address = house.another_database().await;
    let (one, two) = (Db::open(&address, 2).await.unwrap(), Db::open(&address, 2).await.unwrap());
    assert_eq!(db::schema(&one).await.unwrap().found, 0);
    let now = house.app.now();
    let (first, second) = tokio::join!(db::migrate(&one, now), db::migrate(&two, now));
    let known = db::schema(&one).await.unwrap();
    let applied = one.row(&APPLIED, vec![]).await.unwrap().unwrap().get::<i64>("applied").unwrap();
    assert_eq!(i64::try_from(first.unwrap() + second.unwrap()).unwrap(), applied);
    assert_eq!(known.found, known.known);
    assert_eq!(db::migrate(&one, now).await.unwrap(), 0);
    one.close().await;
    two.close().await;
});

story!(a_schema_of_tomorrow_is_left_alone, async |house: &House| {
    static NEWER: Statement = Statement::new(
        "INSERT INTO migrations (version, name, hash, applied_at) VALUES (9999, 'of tomorrow', '', 0)",
        file!(),
        line!(),
    );
    let done: Result<u64, Error> = transaction!(house.app.db, tx => tx.run(&NEWER, vec![]).await);
    done.unwrap();
    let refused = db::migrate(&house.app.db, house.app.now()).await;
    assert!(matches!(refused, Err(Error::Newer { found: 9999, .. })), "{refused:?}");
    house.stranger().get("/readyz").await.expect(503);
});

story!(a_migration_that_was_edited_is_refused, async |house: &House| {
    static EDITED: Statement = Statement::new("UPDATE migrations SET hash = 'x' WHERE version = 1", file!(), line!());
    let done: Result<u64, Error> = transaction!(house.app.db, tx => tx.run(&EDITED, vec![]).await);
    done.unwrap();
    let refused = db::migrate(&house.app.db, house.app.now()).await;
    assert!(matches!(refused, Err(Error::Edited(1))), "{refused:?}");
});

/// What undoes 0004.
static BEFORE_LISTS: [Statement; 9] = [
    Statement::new("DELETE FROM migrations WHERE version = 4", file!(), line!()),
    Statement::new(
        "UPDATE persons SET search = 'nunez alvaro nunez.alvaro@example.org' WHERE name = 'Núñez Álvaro'",
        file!(),
        line!(),
    ),
    Statement::new("UPDATE profiles SET search = 'riesgos oratoria'", file!(), line!()),
    Statement::new("DROP INDEX persons_in_order", file!(), line!()),
    Statement::new("CREATE INDEX persons_in_order ON persons (organisation, name_sort, id)", file!(), line!()),
    Statement::new("DROP INDEX persons_with_account", file!(), line!()),
    Statement::new("DROP INDEX persons_in_directory", file!(), line!()),
    Statement::new("ALTER TABLE persons DROP COLUMN in_directory", file!(), line!()),
    Statement::new("DROP INDEX profiles_of_nominated", file!(), line!()),
];

story!(who_was_there_before_the_lists_were_fast_is_still_found, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let form =
        [("name", "Núñez Álvaro"), ("address", "nunez.alvaro@example.org"), ("version", "0"), ("roles", "mentor")];
    browser.post("/people/new", &form).await.expect(303);
    let done: Result<(), Error> = transaction!(house.app.db, tx => {
        for statement in &BEFORE_LISTS {
            tx.run(statement, vec![]).await?;
        }
        Ok(())
    });
    done.unwrap();
    assert_eq!(db::migrate(&house.app.db, house.app.now()).await.unwrap(), 1);
    for list in ["/mentors?q=oratoria", "/people?q=riesgos", "/mentors?q=alvaro", "/mentors"] {
        assert!(browser.get(list).await.expect(200).says("Núñez Álvaro"), "{list}");
    }
    assert!(browser.get("/people?q=ana").await.expect(200).says("Ana Pérez"));
});

story!(names_are_found_and_sorted_alike_on_both_engines, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    for name in ["Zúñiga Paz", "Núñez Álvaro", "Nuno Paz", "Ñíguez Paz", "álvaro Gil", "Íñigo Sanz", "Ibarra Paz"]
    {
        let address = format!("{}@example.org", telemaco::i18n::fold(name).replace(' ', "."));
        let form = [("name", name), ("address", &address), ("version", "0"), ("roles", "mentor")];
        browser.post("/people/new", &form).await.expect(303);
    }
    let seen = browser.get("/mentors/export?form=csv").await.expect(200).text();
    let names: Vec<&str> = seen.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(
        names,
        ["álvaro Gil", "Ibarra Paz", "Íñigo Sanz", "Nuno Paz", "Núñez Álvaro", "Ñíguez Paz", "Zúñiga Paz"]
    );
    let seen = browser.get("/mentors?q=alvaro").await.expect(200);
    assert!(seen.says("Núñez Álvaro") && seen.says("álvaro Gil") && !seen.says("Ibarra"));
});
