namespace GeminiBalance.Gateway.Images;

/// <summary>A host did not take a picture.</summary>
/// <param name="reason">For the log. It never quotes the host's answer, which may repeat a secret.</param>
internal sealed class PictureHostException(string reason) : Exception(reason);
