using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Images;

/// <summary>A request for pictures with the pictures it brings, fetched and checked.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="Images">The pictures to work on.</param>
/// <param name="Mask">What of the first to change.</param>
internal sealed record ImageInput(ImageRequest Request, IReadOnlyList<MediaContent> Images, MediaContent? Mask);
