using System.CommandLine;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Import;

/// <summary><c>import</c>: takes over the keys and settings of gemini-balance, or tells what would be taken over.</summary>
internal static class ImportCommand
{
    public const string Name = "import";
    public const string Summary = "Takes over the keys and settings of gemini-balance.";

    /// <param name="args">What follows the command; settings (<c>--DATA_DIR=…</c>) may be among it.</param>
    /// <param name="shape">Where to.</param>
    /// <param name="output">The report; no secret.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="StartException">Nothing was imported; the message says why.</exception>
    public static async Task<int> RunAsync(string[] args, IImportShape shape, TextWriter output)
    {
        var sources = new Argument<string[]>("source")
        {
            Description = "gemini-balance's .env file, its SQLite database, what its /api/config answers, or a MySQL connection string; a .env file and one of the others go together.",
            Arity = ArgumentArity.OneOrMore,
        };

        // Else a mistyped --dry-run would be a file that is not there, after what stands before it was read.
        sources.Validators.Add(result =>
        {
            foreach (var mistyped in result.Tokens.Where(token => token.Value.StartsWith('-')))
            {
                result.AddError($"There is no option {mistyped.Value}.");
            }
        });
        var mysql = new Option<bool>("--mysql") { Description = "Also read the MySQL database that the .env file names." };
        var dry = new Option<bool>("--dry-run") { Description = "Tell what would be done, and change nothing." };
        var command = new RootCommand(Summary) { sources, mysql, dry };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = await ReadAsync(parsed.GetValue(sources)!, parsed.GetValue(mysql), shape, cancellationToken);
            await ImportAsync(found, shape, [.. args.Where(CommandSettings.IsSetting)], parsed.GetValue(dry), output, cancellationToken);
        });
        return await command.Parse([.. args.Where(argument => !CommandSettings.IsSetting(argument))])
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static async Task<ImportSources> ReadAsync(string[] arguments, bool withMySql, IImportShape shape, CancellationToken cancellationToken)
    {
        var read = new List<ImportSource>();
        foreach (var argument in arguments)
        {
            // A connection string has an equals sign; a file that has one too is still a file.
            read.Add(argument.Contains('=', StringComparison.Ordinal) && !File.Exists(argument)
                ? await shape.ReadMySqlAsync(name => name == "MYSQL_CONNECTION" ? argument : null, cancellationToken)
                : SourceFile.Read(argument));
        }

        if (withMySql)
        {
            var file = read.FirstOrDefault(source => source.IsEnvironmentFile) ?? throw new StartException("--mysql needs the .env file that names the database.");
            read.Add(await shape.ReadMySqlAsync(file.Values.GetValueOrDefault, cancellationToken));
        }

        return ImportSources.Combine(read);
    }

    private static async Task ImportAsync(
        ImportSources sources, IImportShape shape, string[] settings, bool isDryRun, TextWriter output, CancellationToken cancellationToken)
    {
        await using var target = await shape.OpenAsync(settings, isDryRun, cancellationToken);
        var plan = ImportPlan.Make(sources.Values, sources.Files, await target.ReadAsync([.. sources.Files.Select(file => file.Name)], cancellationToken));
        if (!isDryRun && !plan.ChangesNothing)
        {
            await target.WriteAsync(plan, cancellationToken);
        }

        await output.WriteAsync(ImportReport.Describe(sources, plan, target.Description, isDryRun));
    }
}
