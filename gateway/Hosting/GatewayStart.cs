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
    /// <param name="run">A command of this program alone, which gives the exit code, or the server, which ends when it has stopped.</param>
    /// <returns>The exit code: 1 after a failure, which is on standard error without a stack trace when people can act on it.</returns>
    public static async Task<int> RunAsync(string[] args, Func<string> settingsPage, Func<Task<int>> run)
    {
        try
        {
            if (args is ["settings", "--markdown"])
            {
                await Console.Out.WriteAsync(settingsPage());
                return 0;
            }

            if (args is [PlanCommand.Name, .. var options])
            {
                return PlanCommand.Run(options);
            }

            return await run();
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
}
