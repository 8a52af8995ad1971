namespace GeminiBalance.MariaDb;

/// <summary>Another process listens on the port.</summary>
internal sealed class PortTakenException(string message) : InvalidOperationException(message);
