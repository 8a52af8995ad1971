namespace GeminiBalance.Gateway.Upstream;

/// <summary>More bytes came than a buffer may hold.</summary>
/// <param name="bytesMax">The bound.</param>
internal sealed class BufferOverflowException(int bytesMax) : Exception($"More than {bytesMax} bytes.");
