namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>Needs a shell for a program that it makes.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "needs a Unix shell" : null;
}
