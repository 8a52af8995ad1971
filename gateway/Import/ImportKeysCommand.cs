using System.CommandLine;
using System.Text;
using GeminiBalance.Gateway.Admin;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Import;

/// <summary><c>import-keys</c>: adds the keys found in a file, or in standard input, to the pool of a stand-alone gateway that does not run.</summary>
internal static class ImportKeysCommand
{
    public const string Name = "import-keys";
    public const string Summary = "Adds the keys found in a file to the pool.";
    private const int ListedMax = 20;

    /// <param name="args">What follows the command; settings (<c>--DATA_DIR=…</c>) may be among it.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="output">What became of the keys; no secret.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="StartException">The file or the data folder cannot be used.</exception>
    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "Text with keys in it; - is standard input.", DefaultValueFactory = _ => "-" };
        var tags = new Option<string?>("--tags") { Description = "Tags of all of them, with commas between." };
        var project = new Option<string?>("--project") { Description = "Their Google project." };
        var note = new Option<string?>("--note") { Description = "A note." };
        var kind = new Option<string?>("--kind") { Description = "gemini or vertex." };
        var weight = new Option<double?>("--weight") { Description = "Their share of the calls; 1 is usual." };
        var reserved = new Option<bool>("--reserved") { Description = "They serve only calls that need one of their tags." };
        var command = new RootCommand(Summary) { file, tags, project, note, kind, weight, reserved };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var profile = new KeyProfileInput
            {
                Tags = parsed.GetValue(tags)?.Split(',', StringSplitOptions.RemoveEmptyEntries),
                Project = parsed.GetValue(project),
                Note = parsed.GetValue(note),
                Kind = parsed.GetValue(kind),
                Weight = parsed.GetValue(weight),
                Reserved = parsed.GetValue(reserved),
            };
            var text = await ReadAsync(parsed.GetValue(file)!, input, cancellationToken);
            await output.WriteAsync(await ImportAsync(text, profile, [.. args.Where(CommandSettings.IsSetting)], cancellationToken));
        });
        return await command.Parse([.. args.Where(argument => !CommandSettings.IsSetting(argument))]).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static async Task<string> ReadAsync(string file, TextReader input, CancellationToken cancellationToken)
    {
        try
        {
            return file == "-" ? await input.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{file} cannot be read: {failure.Message}");
        }
    }

    private static async Task<string> ImportAsync(string text, KeyProfileInput input, string[] settings, CancellationToken cancellationToken)
    {
        var (change, problem) = input.Read();
        if (change is null)
        {
            throw new StartException(problem!);
        }

        var batch = PastedKeys.Read(text);
        await using var app = GatewayApplication.Build(settings, Standalone.AddTo).OpenStorage();
        var added = await app.Services.GetRequiredService<SqliteLedgerStore>().ImportAsync(batch.Keys, change.Apply(new KeyProfile()), cancellationToken);
        return Describe(batch, added.ToHashSet());
    }

    private static string Describe(ApiKeyBatch batch, HashSet<KeyId> added)
    {
        var report = new StringBuilder();
        void Tell(string what, IReadOnlyList<string> masked)
        {
            var more = masked.Count > ListedMax ? $" and {masked.Count - ListedMax} more" : "";
            report.Append(masked.Count).Append(' ').Append(what)
                .Append(masked.Count == 0 ? "" : $": {string.Join(", ", masked.Take(ListedMax))}{more}").AppendLine();
        }

        Tell("added", [.. batch.Keys.Where(key => added.Contains(key.Id)).Select(key => key.Masked)]);
        Tell("there already", [.. batch.Keys.Where(key => !added.Contains(key.Id)).Select(key => key.Masked), .. batch.Duplicates]);
        Tell("no keys", batch.Invalid);
        return report.ToString();
    }
}
