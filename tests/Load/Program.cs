using System.Runtime.InteropServices;
using GeminiBalance.Load.Commands;
using GeminiBalance.Load.Processes;
using GeminiBalance.Load.Proofs;

InlineCompletions.SwitchOn();
ILoadCommand[] commands =
[
    new CompareCommand(), new QuotaCommand(), new StreamsCommand(), new SoakCommand(), new ManyKeysCommand(),
    new QuotaProof(), new KillProof(), new FreezeProof(), new RollingProof(), new DatabaseProof(), new SkewProof(), new CompareProof(),
    new SimulateCommand(),
];

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
        await Console.Error.WriteLineAsync($"  {command.Name,-16} {command.Summary} [{string.Join(' ', command.Options.Select(option => $"--{option}"))}]");
    }

    return 2;
}

// Whoever ends this process ends its children with it.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await commands.Single(command => command.Name == arguments.Command).RunAsync(arguments, TimeProvider.System, stop.Token);

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
