using GeminiBalance.Gateway.Planning;
using GeminiBalance.Gateway.Settings;
using Microsoft.AspNetCore.Connections;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>The way into the process: commands, and failures that people can act on.</summary>
internal static class GatewayStart
{
    private const int Failed = 1;

    /// <summary>Runs a command of the command line, or the server.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="settingsPage">The reference page of this program's settings, for <c>settings --markdown</c>.</param>
    /// <param name="commands">Those of this program alone.</param>
    /// <param name="serveAsync">The server; ends when it has stopped.</param>
    /// <returns>The exit code: 1 after a failure, which is on standard error without a stack trace when people can act on it.</returns>
    public static async Task<int> RunAsync(string[] args, Func<string> settingsPage, IReadOnlyList<GatewayCommand> commands, Func<Task> serveAsync)
    {
        GatewayCommand[] all =
        [
            .. commands,
            new(PlanCommand.Name, "Tells what a pool of keys yields, and what it costs to run.", options => Task.FromResult(PlanCommand.Run(options))),
            new("settings", "Prints the reference of all settings, as Markdown.", _ => WriteAsync(settingsPage())),
        ];
        try
        {
            switch (args)
            {
                case ["--help" or "-h" or "-?", ..]:
                    return await WriteAsync(Usage(all));
                case [var word, .. var options] when !word.StartsWith('-'):
                    var command = Array.Find(all, command => command.Name == word) ?? throw new StartException($"There is no command '{word}'.\n\n{Usage(all)}");
                    return await command.RunAsync(options);
                default:
                    await serveAsync();
                    return 0;
            }
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{failure.Message} Choose another with PORT, or stop what listens there.");
            return Failed;
        }
        catch (StartException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return Failed;
        }
    }
    private static async Task<int> WriteAsync(string text)
    {
        await Console.Out.WriteAsync(text);
        return 0;
    }

    private static string Usage(IReadOnlyList<GatewayCommand> commands) => $"""
        Without a command the gateway serves. Its settings are read from the environment, a .env file and the command line (--PORT=8001).

        Commands, each with --help:
        {string.Join('\n', commands.Select(command => $"  {command.Name,-12} {command.Summary}"))}

        """;
}
