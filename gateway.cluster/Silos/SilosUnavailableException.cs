namespace GeminiBalance.Gateway.Cluster.Silos;

/// <summary>No silo was ever there since this gateway started.</summary>
internal sealed class SilosUnavailableException() : Exception("No silo is connected yet.");
