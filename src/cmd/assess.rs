use std::path::{Path, PathBuf};

use clap::Args;

use super::asking::{Asker, Asking, Unasked};
use super::choose;
use super::deliver::Answer;
use super::hints;
use super::session::Session;
use crate::analysis::assess::{Needs, by_nearness, next_role, required};
use crate::check;
use crate::diagnostic::Checked;
use crate::error::{Error, ErrorCode};
use crate::format::{Level, Origin, Status};
use crate::framework::{Person, Rating, Role, Skills};
use crate::prompt::{Question, interview};
use crate::report::assess::AssessReport;
use crate::report::form::form;
use crate::report::team::TeamReport;
use crate::suggest::quoted;
use crate::text::{command, counted};

const EXAMPLES: &str = "\
Examples:
  rolebook assess                           rate yourself skill by skill
  rolebook assess --form pm -o ann.yaml     a profile to fill in
  rolebook assess ann.yaml --role pm        where Ann stands, and what is next
  rolebook assess ann.yaml                  which role is nearest
  rolebook assess ann.yaml --role pm --ask  ask only what is not rated
  rolebook assess team/*.yaml --role po     what a team can do, and cannot";

/// Show where a person stands in a role and what comes next, or what a team can do
///
/// A profile is a YAML or JSON file with ratings of skills. Each skill that a role needs counts once: met, a gap, or
/// not rated. Skills that are not rated do not count as gaps. The result is a count, not a measurement.
///
/// Without a profile, in a terminal, you are asked skill by skill. The number of an option chooses it at once; `b` goes
/// back, `?` shows all keys, and `q` or Esc leaves.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Assess {
    /// Profiles: YAML or JSON files, or JSON Lines with one profile per line; `-` is standard input
    #[arg(value_name = "PROFILE")]
    profiles: Vec<PathBuf>,
    /// The role to assess against [default: all current roles]; with `--next`, the role that the person has now
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Assess against the current role one rank above the person’s role, which `--role` or the profile names
    #[arg(long)]
    next: bool,
    /// Print a blank profile to fill in, with the skills of a role or all skills
    #[arg(long, value_name = "ROLE", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["profiles", "next", "require", "ask"])]
    form: Option<String>,
    /// Ask for the ratings that a profile lacks
    #[arg(long, requires = "profiles")]
    ask: bool,
    /// Name in the profile that the answers become
    #[arg(long, value_name = "NAME", conflicts_with_all = ["profiles", "form"])]
    name: Option<String>,
    /// Exit with 1 if anybody meets less than this share of the rated needs, such as 0.8; without a role, the
    /// nearest role counts
    #[arg(long, value_name = "SHARE", value_parser = share)]
    require: Option<f64>,
    #[command(flatten)]
    asking: Asking,
}

/// A role to assess against.
type Against<'s> = Option<&'s Role<'s>>;

impl Assess {
    /// Whether the output file gets a profile instead of the result.
    pub(super) fn writes_profile(&self) -> bool {
        self.form.is_some() || self.ask || self.profiles.is_empty()
    }

    /// The profiles that are read, and must not be overwritten with something else.
    pub(super) fn inputs(&self) -> Vec<&PathBuf> {
        if self.ask { Vec::new() } else { self.profiles.iter().collect() }
    }

    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        let reads_stdin = self.profiles.iter().filter(|path| *path == Path::new("-")).count();
        if reads_stdin + usize::from(session.origin()? == &Origin::Stdin) > 1 {
            return Err(
                Error::usage("standard input can be only one of the files").hint("put the others into files")
            );
        }
        let dataset = session.dataset()?;
        let skills = Skills::of(dataset);
        if skills.all().is_empty() {
            return Err(Error::new(
                ErrorCode::NoSkills,
                format!("the dataset `{}` has no skills", dataset.id),
            )
            .hint("an aspect becomes a skill by its key `skill`"));
        }
        let needs = Needs::of(&skills);
        let named = self.role.as_deref().map(|name| choose::role(dataset, name)).transpose()?;
        if let Some(name) = &self.form {
            if let Some(role) = self.role.as_deref() {
                let error = Error::usage("`--form` and `--role` cannot be combined");
                let form = if name.is_empty() { role } else { name };
                return Err(error.hint(format!("write `{}`", command(["assess", "--form", form]))));
            }
            let named = Some(name).filter(|name| !name.is_empty());
            let role = named.map(|name| choose::role(dataset, name)).transpose()?;
            let of_role = role.map(|role| needs.of_role(role));
            let run = command(
                ["assess", "FILE"].into_iter().chain(role.iter().flat_map(|role| ["--role", &role.id])),
            );
            return Ok(Answer::text("assess --form", form(&skills, of_role, None, &run)));
        }
        if self.profiles.is_empty() {
            return self.asked(session, &skills, &needs, named, None);
        }
        let mut people = self.read(&skills)?;
        if people.len() > 1 {
            if let Some(option) = [(self.next, "--next"), (self.ask, "--ask")].into_iter().find(|(on, _)| *on)
            {
                let (_, option) = option;
                return Err(Error::usage(format!("`{option}` is for one profile")).hint("name one profile"));
            }
            if self.require.is_some() && named.is_none() {
                return Err(Error::usage("for several profiles, `--require` needs a role")
                    .hint("name the role that everybody is assessed against with `--role`"));
            }
            return Ok(self.team(session, &skills, &needs, named, people));
        }
        // Every profile that was read has a person.
        let person = people.pop().ok_or_else(|| Error::new(ErrorCode::NoProfile, "there is no profile"))?;
        let role = self.against(&person, named, &skills)?;
        if self.ask {
            return self.asked(session, &skills, &needs, role, Some(person));
        }
        Ok(self.result(&skills, &needs, role, &person))
    }

    /// Reads all people from the profiles. No two may have the same name.
    fn read(&self, skills: &Skills<'_>) -> Result<Vec<Person>, Error> {
        let mut people: Vec<Person> = Vec::new();
        let mut mistaken: Vec<Checked> = Vec::new();
        for path in &self.profiles {
            let input =
                Origin::named(path).load_or("`rolebook assess --form` prints a profile to fill in")?;
            match check::profiles(&input, skills) {
                Ok(found) if found.is_empty() => {
                    let name = input.source().name();
                    return Err(Error::new(
                        ErrorCode::NoProfile,
                        format!("there is no profile in `{name}`: it is empty"),
                    )
                    .hint("`rolebook assess --form` prints a blank profile"));
                }
                Ok(found) => people.extend(found),
                Err(checked) => mistaken.push(hints::for_profile(checked, skills)),
            }
        }
        if !mistaken.is_empty() {
            return Err(Error::invalid_files(ErrorCode::InvalidProfile, "profile", mistaken)
                .hint("`rolebook assess --form` prints a blank profile"));
        }
        let mut names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
        names.sort_unstable();
        let twice: Vec<&str> = names
            .windows(2)
            .filter(|two| two.first() == two.last())
            .filter_map(|two| two.first().copied())
            .collect();
        if let Some(name) = twice.first() {
            return Err(Error::new(
                ErrorCode::RepeatedName,
                format!("more than one profile is called `{name}`"),
            )
            .hint("give each person a name of their own, or leave one profile out"));
        }
        Ok(people)
    }

    /// The role to compare one person with.
    fn against<'s>(
        &self,
        person: &Person,
        named: Against<'s>,
        skills: &Skills<'s>,
    ) -> Result<Against<'s>, Error> {
        if !self.next {
            return Ok(named);
        }
        let own = person.role.and_then(|role| skills.framework().role(role));
        let Some(role) = named.or(own) else {
            return Err(Error::usage("`--next` needs the role that the person has now")
                .hint("name it with `--role`, or in the profile as `role: ROLE`"));
        };
        if let Some(next) = next_role(skills.framework(), role) {
            return Ok(Some(next));
        }
        let hint = "leave out `--next` to assess against the role itself, or against any other with `--role`";
        let id = &role.id;
        Err(Error::usage(match (&role.family, role.rank) {
            (None, _) => format!("`{id}` is in no family, so no role comes next"),
            (_, None) => format!("`{id}` has no rank, so no role comes next"),
            _ => format!("no current role has a higher rank than `{id}` on its track"),
        })
        .hint(hint))
    }

    fn result<'s>(
        &self,
        skills: &Skills<'s>,
        needs: &Needs<'s>,
        role: Against<'s>,
        person: &Person,
    ) -> Answer<'s> {
        let roles = match role {
            Some(_) => Vec::new(),
            None => by_nearness(needs, &person.ratings, &|role| {
                role.status == Status::Current && required(needs.of_role(role)).next().is_some()
            }),
        };
        // Without ratings, no role is nearest.
        let is_rated = person.ratings.iter().any(Option::is_some);
        let nearest = roles.first().map(|(role, _)| *role).filter(|_| is_rated);
        let against = role.or(nearest).map(|role| (role, needs.of_role(role)));
        let report = AssessReport::new(skills, person, against, &roles, self.require);
        let falls_short = report.falls_short();
        Answer::report(report).fails_if(falls_short)
    }

    fn team<'s>(
        &self,
        session: &Session<'s>,
        skills: &Skills<'s>,
        needs: &Needs<'s>,
        role: Against<'s>,
        people: Vec<Person>,
    ) -> Answer<'s> {
        let people: &'s [Person] = session.keep_people(people);
        let against = role.map(|role| (role, needs.of_role(role)));
        let report = TeamReport::new(skills, people, against, self.require);
        let falls_short = report.falls_short();
        Answer::report(report).fails_if(falls_short)
    }

    /// Asks for missing ratings, skill by skill, and saves the profile if an output file is given.
    fn asked<'s>(
        &self,
        session: &Session<'s>,
        skills: &Skills<'s>,
        needs: &Needs<'s>,
        role: Against<'s>,
        person: Option<Person>,
    ) -> Result<Answer<'s>, Error> {
        let is_named = person.is_some();
        let mut person = person.unwrap_or_else(|| Person {
            name: self.name.clone().unwrap_or_else(|| "You".to_owned()),
            role: None,
            ratings: vec![None; skills.all().len()],
            outdated: Vec::new(),
            older_revision: None,
        });
        let of_role = role.map(|role| needs.of_role(role));
        let asked: Vec<usize> = match of_role {
            Some(needs) => needs.iter().map(|need| need.skill).collect(),
            None => (0..skills.all().len()).collect(),
        };
        let asked: Vec<usize> =
            asked.into_iter().filter(|number| person.ratings.get(*number) == Some(&None)).collect();
        if !asked.is_empty() && !session.can_ask() {
            let cause = if session.may_ask() { Unasked::NoTerminal } else { Unasked::Forbidden };
            let error = |message: String| Error::new(ErrorCode::NoTerminal, message).because(&cause);
            if !is_named {
                return Err(error("cannot prompt, and no profile is named".to_owned())
                    .hint("`rolebook assess --form -o profile.yaml` writes a profile to fill in"));
            }
            let ids = asked.iter().filter_map(|number| Some(skills.all().get(*number)?.aspect.id.as_str()));
            let count = asked.len();
            let are = if count == 1 { "is" } else { "are" };
            return Err(error(format!("cannot prompt, and {} {are} not rated", counted(count, "skill")))
                .hint(format!("rate in the profile: {}", quoted(ids))));
        }
        let title = role.map_or_else(|| "How well do you do this?".to_owned(), |role| role.title.to_string());
        if !asked.is_empty() {
            let (questions, ratings): (Vec<Question>, Vec<_>) =
                asked.iter().filter_map(|number| question(skills, needs, role, *number)).unzip();
            let Asker { prompt, .. } = &mut self.asking.prompt(session)?;
            // A saved profile needs a name, because names must be unique in a team.
            if !is_named && self.name.is_none() && session.output().is_some() {
                person.name = prompt.text("Name in the profile", &person.name)?;
            }
            let chosen = interview(&mut **prompt, &title, 0, &questions)?;
            for ((number, ratings), index) in asked.into_iter().zip(ratings).zip(chosen) {
                if let Some(rating) = person.ratings.get_mut(number) {
                    *rating = index.and_then(|index| ratings.get(index).copied());
                }
            }
        }
        let answer = self.result(skills, needs, role, &person);
        let Some(file) = session.output() else { return Ok(answer) };
        let path = file.display().to_string();
        let role = role.iter().flat_map(|role| ["--role", &role.id]);
        let run = command(["assess", &path].into_iter().chain(role));
        Ok(answer.on_stdout().file(file, form(skills, of_role, Some(&person), &run), ""))
    }
}

/// A skill as a question, and the ratings that its options stand for, lowest first. The last option, “Not sure”, stands
/// for none.
fn question<'s>(
    skills: &Skills<'s>,
    needs: &Needs<'s>,
    role: Against<'s>,
    number: usize,
) -> Option<(Question, Vec<Rating>)> {
    let skill = skills.all().get(number)?;
    let aspect = skill.aspect;
    let said = role.and_then(|role| needs.of_role(role).iter().find(|need| need.skill == number));
    let texts: Vec<&str> = match said {
        Some(need) => need.texts().collect(),
        None => aspect.statements.iter().filter_map(|one| one.text.as_deref()).collect(),
    };
    let help = match &aspect.summary {
        Some(summary) => Some(summary.to_string()),
        None if skill.levels().is_empty() && !texts.is_empty() => Some(texts.join("; ")),
        None => None,
    };
    let named = |level: &Level<'_>| match aspect.meaning(level) {
        Some(text) => format!("{} – {text}", level.title),
        None => level.title.to_string(),
    };
    let (prompt, options): (_, Vec<(String, Rating)>) = match skill.scale {
        None => {
            let answers = [("No", Rating::No), ("Partly", Rating::Partly), ("Yes", Rating::Yes)];
            ("Do you do this?", answers.map(|(label, rating)| (label.to_owned(), rating)).into())
        }
        Some(scale) => {
            let levels = (1..=u16::MAX)
                .map(Rating::Level)
                .zip(&scale.levels)
                .map(|(rating, level)| (named(level), rating));
            // A level with the id `no` is what a profile means by it.
            let none = skill.no().map(|_| ("Not at all".to_owned(), Rating::No));
            ("Which level fits you best?", none.into_iter().chain(levels).collect())
        }
    };
    let (mut options, ratings): (Vec<String>, Vec<Rating>) = options.into_iter().unzip();
    options.push("Not sure".to_owned());
    let title = Some(aspect.title.to_string());
    Some((Question { title, prompt: prompt.to_owned(), help, options }, ratings))
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => {
            // Suggest 0.8 for 80.
            let percent = text.trim().trim_end_matches('%').trim_end().parse::<f64>().ok();
            let share =
                percent.filter(|percent| (1.0..=100.0).contains(percent)).map(|percent| percent / 100.0);
            let meant = share.map_or_else(|| ", such as 0.8".to_owned(), |share| format!("; write {share}"));
            Err(format!("expected a number from 0 to 1{meant}"))
        }
    }
}
