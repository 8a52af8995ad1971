namespace GeminiBalance.Gateway.Hosting;

/// <summary>A command of the command line; without one, the gateway serves.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Summary">What it does, in a line.</param>
/// <param name="RunAsync">Takes what follows the word and gives the exit code.</param>
internal sealed record GatewayCommand(string Name, string Summary, Func<string[], Task<int>> RunAsync);
