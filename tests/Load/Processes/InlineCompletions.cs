namespace GeminiBalance.Load.Processes;

/// <summary>Lets socket answers be handled on the thread that polls the sockets: the generator needs no worker threads, so it takes less from the processes it measures.</summary>
internal static class InlineCompletions
{
    public const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Must run before the first socket is made. Children must not inherit it: they are measured as they are shipped.</summary>
    public static void SwitchOn() => Environment.SetEnvironmentVariable(Variable, "1");
}
