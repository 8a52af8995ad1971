namespace GeminiBalance.FakeGemini;

/// <summary>The picture every image answer carries.</summary>
internal static class Pictures
{
    public static byte[] OnePixelPng { get; } =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}
