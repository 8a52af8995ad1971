using GeminiBalance.Load.Commands;
using GeminiBalance.Load.Processes;

InlineCompletions.SwitchOn();
ILoadCommand[] commands = [new CompareCommand(), new QuotaCommand(), new StreamsCommand(), new SoakCommand(), new ManyKeysCommand()];

Arguments arguments;
try
{
    arguments = Arguments.Parse(args, name => commands.FirstOrDefault(command => command.Name == name)?.Options);
}
catch (FormatException wrong)
{
    await Console.Error.WriteLineAsync($"{wrong.Message}\n\nCommands:");
    foreach (var command in commands)
    {
        await Console.Error.WriteLineAsync($"  {command.Name,-10} {command.Summary} [{string.Join(' ', command.Options.Select(option => $"--{option}"))}]");
    }

    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return await commands.Single(command => command.Name == arguments.Command).RunAsync(arguments, TimeProvider.System, stop.Token);
