namespace GeminiBalance.Gateway.Media;

/// <summary>A URL cannot be fetched, for a reason that is the client's business.</summary>
internal sealed class RemoteMediaException(string reason) : Exception(reason);
