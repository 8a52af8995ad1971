using GeminiBalance.Silo.Settings;
using Microsoft.AspNetCore.Connections;

namespace GeminiBalance.Silo.Hosting;

/// <summary>The way into the process: commands, and failures that people can act on.</summary>
internal static class SiloStart
{
    private const string Help = """
        A silo of GeminiBalance: holds keys' ledgers for the gateways of one cluster.

          silo                        runs; applies what the database lacks first
          silo migrate                applies what the database lacks, and ends
          silo settings --markdown    prints the table of settings

        Settings come from the environment, .env or appsettings.json: see docs/cluster.md.

        """;

    /// <summary>Runs a command of the command line, or the silo.</summary>
    /// <returns>The exit code: 1 after a failure, which is on standard error without a stack trace when people can act on it.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            switch (args)
            {
                case []:
                    await SiloApplication.RunAsync();
                    return ExitCodes.Done;
                case ["migrate"]:
                    await SiloApplication.MigrateAsync();
                    return ExitCodes.Done;
                case ["settings", "--markdown"]:
                    await Console.Out.WriteAsync(SiloSettingsPage.ToMarkdown());
                    return ExitCodes.Done;
                case ["--help" or "-h" or "help"]:
                    await Console.Out.WriteAsync(Help);
                    return ExitCodes.Done;
                default:
                    await Console.Error.WriteAsync($"Unknown command: {string.Join(' ', args)}{Environment.NewLine}{Environment.NewLine}{Help}");
                    return ExitCodes.Failed;
            }
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{failure.Message} Choose another with PORT, or stop what listens there.");
            return ExitCodes.Failed;
        }
        catch (StartException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCodes.Failed;
        }
    }
}
