"""The `goodword` command. Everything heavy is imported by the sub-command that needs it."""

import io
import os
import sys
from pathlib import Path

import click

from .backup.cli import backup, restore
from .options import LANGUAGES, data_option


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="goodword", message="goodword %(version)s")
def main() -> None:
    """Goodword: a friends' circle in which friends can also sell.

    Settings come from the environment (GOODWORD_…, DATABASE_URL); options win over them.
    """
    # Containers often say not to keep it, and then every start compiles 1,900 modules anew.
    sys.dont_write_bytecode = False


@main.command()
@data_option
@click.option(
    "--port",
    type=click.IntRange(1, 65534),
    envvar="GOODWORD_PORT",
    default=8000,
    show_default=True,
    help="Port of the pages; the live stream takes the next one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--demo/--no-demo",
    envvar="GOODWORD_DEMO",
    default=False,
    help="Build the demo town at the first start, and let anybody here sign in as its people.",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    envvar="GOODWORD_LANGUAGE",
    default="en",
    show_default=True,
    help="Language of the house, and of its demo town.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: min(2, os.cpu_count() or 1),
    help="Web processes.  [default: 2, on one processor 1]",
)
def up(data: Path, port: int, host: str, demo: bool, language: str, workers: int) -> None:
    """Start everything and look after it until Ctrl-C: database, pages, live stream, jobs."""
    from rich.console import Console

    from .instance import settle
    from .up.supervisor import Plan, supervise

    data = settle(
        data,
        GOODWORD_PORT=str(port),
        GOODWORD_DEMO="1" if demo else "0",
        GOODWORD_LANGUAGE=language,
    )
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # so that a log file has each line at once
    plan = Plan(data=data, host=host, port=port, workers=workers, demo=demo)
    code = supervise(plan, Console())
    sys.stdout.flush()
    os._exit(code)  # all has ended; to free a loaded app piece by piece would take another second


@main.command()
@data_option
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    envvar="GOODWORD_LANGUAGE",
    default="en",
    show_default=True,
    help="Language in which its people write.",
)
@click.option("--force-add", is_flag=True, help="Also beside members who are there already.")
def demo(data: Path, language: str, force_add: bool) -> None:
    """Build the demo town into an instance without members."""
    from .instance import is_up, opened, settle

    with opened(settle(data, GOODWORD_LANGUAGE=language), make=True):
        from rich.console import Console

        from .demo.building import ensure
        from .up.preparing import migrate

        console = Console(stderr=True)
        migrate(console)
        if not ensure(
            console, language=language, beside_members=force_add, house_is_open=is_up(data)
        ):
            click.echo("The demo town stands here already; nothing was changed.")


@main.group()
def timers() -> None:
    """The clocks of orders and shops: what they will do, and whether they ring in time."""


@timers.command()
@data_option
@click.argument("order")
def simulate(data: Path, order: str) -> None:
    """Show what happens to ORDER if nobody acts, by the rules that do it.

    ORDER is its number, such as 7K2M-9QXD, its id, or a shop's id.
    """
    from .instance import opened, settle

    with opened(settle(data)):
        from .clocks import NoClocks, told

        try:
            for line in told(order):
                click.echo(line)
        except NoClocks as missing:
            raise click.ClickException(str(missing)) from None


@timers.command()
@data_option
def health(data: Path) -> None:
    """Count the clocks that wait, are late, or were lost."""
    from .instance import opened, settle

    with opened(settle(data)):
        from .clocks import counted

        click.echo(counted())


@main.command("simulate")
@click.option("--members", type=click.IntRange(20, 100_000), default=200, show_default=True)
@click.option("--days", type=click.IntRange(1, 365), default=10, show_default=True)
@click.option(
    "--policy",
    type=click.Choice(["unpaced", "paced", "paced+targeted", "all"]),
    default="all",
    show_default=True,
    help="How offers come into the circle.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the first town.")
@click.option(
    "--seeds", type=click.IntRange(1, 100), default=1, show_default=True,
    help="So many towns for each policy, with the seeds that follow.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="What came of it as JSON.")
@click.option(
    "--picture",
    type=click.Path(path_type=Path, dir_okay=False),
    default="society.svg",
    show_default=True,
    help="Where the picture goes.",
)
@click.option(
    "--plain",
    is_flag=True,
    help="In plain Python instead of through the app: the same counts, much faster, untargeted.",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep each town's result in this folder, and do not play again what is there.",
)
@click.option("--sensitivity", is_flag=True, help="Halve and double each assumption instead.")
@click.option("--assumption", "only", multiple=True, help="There, only this one; may be repeated.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=lambda: min(2, os.cpu_count() or 1),
    help="Towns at a time.  [default: 2, on one processor 1]",
)
def society(
    members: int,
    days: int,
    policy: str,
    seed: int,
    seeds: int,
    as_json: bool,
    picture: Path,
    plain: bool,
    keep: Path | None,
    sensitivity: bool,
    only: tuple[str, ...],
    processes: int,
) -> None:
    """Let towns of made-up members live for some days, and compare how the market is paced.

    They post, read, open, buy, mute and block through the app's own actions and queries, on
    scratch databases; no instance is touched. docs/algorithms/society.md says what is assumed.
    """
    from .society.command import Wanted, shake, simulate

    wanted = Wanted(
        members=members, days=days, policy=policy, seeds=range(seed, seed + seeds),
        processes=processes, picture=picture, as_json=as_json, keep=keep,
        only=only, is_plain=plain,
    )  # fmt: skip
    (shake if sensitivity else simulate)(wanted)


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--shop", required=True, help="Name of the shop that the listings come into.")
@click.option("--owner", help="Handle of its owner; opens the shop when there is none.")
@click.option("--currency", help="Of prices for which the file names none, such as EUR.")
@click.option("--column", "columns", multiple=True, help="NAME=FIELD: what a column means.")
@click.option("--yes", is_flag=True, help="Do not ask after the preview.")
@click.option("--rows", type=click.IntRange(0), default=12, help="Rows to show.  [default: 12]")
@data_option
def import_(
    file: Path,
    shop: str,
    owner: str | None,
    currency: str | None,
    columns: tuple[str, ...],
    yes: bool,
    rows: int,
    data: Path,
) -> None:
    """Take over an old shop's export FILE: look at it first, then carry it out as drafts.

    Its format is told from what is in it: Taobao Assistant, Shopify, WooCommerce, Google Merchant
    (XML or a table), JSON-LD, or any table with a title and a price.
    """
    from .instance import opened, settle

    with opened(settle(data)):
        from .importing import Import, said

        choices = said(currency, columns)
        order = Import(file=file, shop=shop, owner=owner, rows=rows, choices=choices)
        sys.exit(order.run(ask=not yes))


@main.command("export")
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option("--shop", required=True, help="Name of the shop whose listings go out.")
@click.option("--owner", help="Handle of its owner, where shops share a name.")
@click.option("--format", "form", default="shopify", show_default=True, help="Of the file.")
@click.option("--base", default="", help="This house's address, so that pictures are named.")
@data_option
def export(
    out: Path | None, shop: str, owner: str | None, form: str, base: str, data: Path
) -> None:
    """Write a shop's catalogue to OUT: shopify, woocommerce, merchant, merchant-tsv or jsonld."""
    from .instance import opened, settle

    with opened(settle(data)):
        from .importing import export

        export(out=out, shop=shop, owner=owner, form=form, base=base)


@main.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON.")
def doctor(data: Path, as_json: bool) -> None:
    """Look whether everything is in order; exit code 1 when something is not."""
    from .instance import opened_for_the_doctor, settle

    data = settle(data)
    with opened_for_the_doctor(data) as trouble:
        from .doctor.visit import visit

        sys.exit(visit(data, trouble=trouble, as_json=as_json))


@main.command()
@data_option
@click.argument("address")
def mail(data: Path, address: str) -> None:
    """Send a letter to ADDRESS at once: does what this house writes arrive?"""
    from .instance import opened, settle

    with opened(settle(data)):
        from .mailing import send_test

        click.echo(send_test(address))


@main.command()
@data_option
@click.argument("handle")
@click.option("--end", is_flag=True, help="Make them a plain member again.")
def operator(data: Path, handle: str, end: bool) -> None:
    """Let the member HANDLE run the house: its books, its rules, its desk."""
    from .instance import opened, settle

    with opened(settle(data)):
        from .operators import appoint

        appoint(handle=handle, on=not end)


@main.group()
def ledger() -> None:
    """The books, for those who want to check them."""


@ledger.command("export")
@data_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def ledger_export(data: Path, file: Path) -> None:
    """Write the whole ledger into the zip FILE, signed, with the program that checks it."""
    from .instance import opened, settle

    with opened(settle(data)):
        from .ledger import export

        export(file)


@main.command("rebuild-timelines")
@data_option
@click.option("--member", help="Handle of one member; without it, everybody's.")
def rebuild_timelines(data: Path, member: str | None) -> None:
    """Make timelines anew from friendships and moments, as after restoring a part of the tables."""
    from .instance import opened, settle

    with opened(settle(data)):
        from .timelines import rebuild

        rebuild(handle=member)


@main.command("rebuild-search")
@data_option
def rebuild_search(data: Path) -> None:
    """Make anew what the search finds things by, as after restoring a part of the tables."""
    from .instance import opened, settle

    with opened(settle(data)):
        from .searching import rebuild

        rebuild()


@main.command()
@data_option
@click.option("--new", is_flag=True, help="Sign with a new key from now on; the old one is kept.")
def keys(data: Path, new: bool) -> None:
    """Show the public keys that the house's signatures are checked with, the present one first."""
    from .instance import opened, settle

    with opened(settle(data)):
        from goodword.kit import signing

        if new:
            signing.rotate()
        for place, key in enumerate(signing.public_keys()):
            click.echo(f"{key.id}  {key.jwk['x']}  {'' if place else 'signs now'}".rstrip())


@main.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@data_option
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(data: Path, arguments: tuple[str, ...]) -> None:
    """Django's own commands on this instance: `goodword manage shell`, `… check`."""
    from .instance import opened, settle

    with opened(settle(data), make=True):
        from django.core.management import execute_from_command_line

        execute_from_command_line(["goodword manage", *arguments])


main.add_command(backup)
main.add_command(restore)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
